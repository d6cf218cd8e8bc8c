#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/period.hpp"

namespace coop::funds {

/// What a measure adds up: expenses, or income.
enum class BufferFlow { expense, income };
/// Whose: the whole node's (without money of others), or the fund's own.
enum class BufferScope { node, fund };
/// "expense", "income".
std::string_view text_of(BufferFlow flow);
/// "node", "fund".
std::string_view text_of(BufferScope whose);
/// Throws Refused: field_invalid.
BufferFlow buffer_flow_from(std::string_view text);
/// Throws Refused: field_invalid.
BufferScope buffer_scope_from(std::string_view text);

/// How a measure is worked out from the books: what the last whole months came to, and which part of it
/// stays. The month of the day that is asked about is not among them. Never below zero; a half is rounded up.
struct BufferRule {
  BufferFlow flow;
  BufferScope whose = BufferScope::node;
  std::string account = {};                           ///< only this one and those below it; "" all
  int over_months = 12;                               ///< 1 to 120
  std::optional<int> keep_months = {};                ///< so many months of the average month, or
  std::optional<std::int32_t> share_millionths = {};  ///< so much of the sum, at most ten times it
};

/// One measure of what must stay in a fund: "a quarter of the fixed costs". It is set, or worked out.
struct FundBuffer {
  std::string measure;
  std::int64_t minor = 0;  ///< minor units of the fund's unit, where it is set
  std::optional<BufferRule> rule = {};
};

/// A measure, and what it came to on a day. Minor units.
struct MeasuredBuffer {
  FundBuffer buffer;
  std::optional<Period> period;  ///< what was added up, where it is worked out
  std::int64_t found_minor;      ///< what that came to
  std::int64_t minor;            ///< so much stays
};

/// Reads "10%", "0.5%" as millionths, at most ten times the whole. Throws Refused: field_invalid.
std::int32_t buffer_share_from(std::string_view text);
/// "10%" of 100,000 millionths.
std::string buffer_share_text(std::int32_t millionths);

/// Refuses a measure without words (1 to 200 characters), an amount below zero, and a rule that has not one
/// of months and a share, or months out of bounds. Throws Refused: field_invalid, at a field below `place`.
void require_buffer(const FundBuffer& buffer, const std::string& place);

/// What stays in the fund: the highest of the measures that are set; nothing if one is worked out.
std::optional<std::int64_t> set_buffer_minor(const std::vector<FundBuffer>& buffers);

/// The rule in plain words: "3 months of the average month of what the node spent in the account
/// expenses:servers and below over the last 12 whole months".
std::string words_of(const BufferRule& rule);
/// How a measure came to its amount, in plain words with the figures, in a unit of this scale and code.
std::string explanation_of(const MeasuredBuffer& measured, int scale, const std::string& unit);

}  // namespace coop::funds
