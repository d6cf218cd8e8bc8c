#include "ledger/funds/fund_buffer.hpp"

#include <algorithm>

#include "ledger/funds/said_words.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/ratio.hpp"
#include "ledger/values/word_table.hpp"

namespace coop::funds {

namespace {

constexpr WordTable<BufferFlow, 2> flow_words{
    {{BufferFlow::expense, "expense"}, {BufferFlow::income, "income"}}};
constexpr WordTable<BufferScope, 2> scope_words{{{BufferScope::node, "node"}, {BufferScope::fund, "fund"}}};
constexpr std::int64_t millionths_of_one = 1'000'000;
constexpr int most_months = 120;

void require_months(int months, const std::string& field) {
  if (months < 1 || months > most_months)
    throw Refused{Refusal::field_invalid, "it is 1 to 120 months", field};
}

std::string months_text(int months) { return months == 1 ? "1 month" : std::to_string(months) + " months"; }

}  // namespace

std::string_view text_of(BufferFlow flow) { return text_among(flow_words, flow); }
std::string_view text_of(BufferScope whose) { return text_among(scope_words, whose); }
BufferFlow buffer_flow_from(std::string_view text) { return word_among(flow_words, text); }
BufferScope buffer_scope_from(std::string_view text) { return word_among(scope_words, text); }

std::int32_t buffer_share_from(std::string_view text) {
  const Ratio ratio = Ratio::parse(text);
  const bool is_whole = millionths_of_one % ratio.denominator() == 0;
  if (!text.ends_with('%') || !is_whole || ratio.numerator() <= 0 ||
      ratio.numerator() > 10 * ratio.denominator())
    throw Refused{Refusal::field_invalid,
                  "a share is above 0% and at most 1000%, with at most four decimals: \"10%\""};
  return static_cast<std::int32_t>(ratio.numerator() * (millionths_of_one / ratio.denominator()));
}

std::string buffer_share_text(std::int32_t millionths) {
  std::string text = text_from_minor(millionths, 4);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text + "%";
}

void require_buffer(const FundBuffer& buffer, const std::string& place) {
  require_said(buffer.measure, 200, place + "/measure");
  if (!buffer.rule) {
    if (buffer.minor < 0)
      throw Refused{Refusal::field_invalid, "what stays in a fund is not below zero", place + "/amount"};
    return;
  }
  const BufferRule& rule = *buffer.rule;
  const std::string below = place + "/worked_out";
  require_months(rule.over_months, below + "/over_months");
  if (rule.keep_months.has_value() == rule.share_millionths.has_value())
    throw Refused{Refusal::field_invalid, "either so many months of the average stay, or a share of the sum",
                  below + "/keep_months"};
  if (rule.keep_months) require_months(*rule.keep_months, below + "/keep_months");
}

std::optional<std::int64_t> set_buffer_minor(const std::vector<FundBuffer>& buffers) {
  std::int64_t highest = 0;
  for (const FundBuffer& buffer : buffers) {
    if (buffer.rule) return std::nullopt;
    highest = std::max(highest, buffer.minor);
  }
  return highest;
}

std::string words_of(const BufferRule& rule) {
  const std::string what =
      std::string{"what the "} + (rule.whose == BufferScope::node ? "node" : "fund") +
      (rule.flow == BufferFlow::expense ? " spent" : " took in") +
      (rule.account.empty() ? "" : " in the account " + rule.account + " and below") + " over the last " +
      (rule.over_months == 1 ? "whole month" : std::to_string(rule.over_months) + " whole months");
  if (rule.share_millionths) return buffer_share_text(*rule.share_millionths) + " of " + what;
  return months_text(rule.keep_months.value_or(0)) + " of the average month of " + what;
}

std::string explanation_of(const MeasuredBuffer& measured, int scale, const std::string& unit) {
  const FundBuffer& buffer = measured.buffer;
  if (!buffer.rule || !measured.period) return buffer.measure + ": set by the decision";
  const auto amount = [&](std::int64_t minor) { return text_from_minor(minor, scale) + " " + unit; };
  const std::string by = buffer.rule->share_millionths
                             ? buffer_share_text(*buffer.rule->share_millionths)
                             : std::to_string(buffer.rule->keep_months.value_or(0)) + "/" +
                                   std::to_string(buffer.rule->over_months);
  return buffer.measure + ": " + words_of(*buffer.rule) + "; from " + measured.period->first().text() +
         " to " + measured.period->last().text() + " that is " + amount(measured.found_minor) + ", times " +
         by + " = " + amount(measured.minor);
}

}  // namespace coop::funds
