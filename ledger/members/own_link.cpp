#include "ledger/members/own_link.hpp"

#include <charconv>

#include "ledger/values/base64.hpp"
#include "ledger/values/hmac.hpp"

namespace coop::members {

namespace {

std::string claimed_text(const LinkClaim& claim) {
  return claim.node + '.' + std::to_string(claim.number) + '.' + std::to_string(claim.expires_at);
}

// Takes what stands after the last dot off the text.
std::optional<std::string_view> take_last(std::string_view& text) {
  const auto dot = text.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string_view last = text.substr(dot + 1);
  text = text.substr(0, dot);
  return last;
}

template <class Number>
std::optional<Number> number_of(std::optional<std::string_view> text) {
  Number number{};
  if (!text) return std::nullopt;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc{} || end != text->data() + text->size() || number <= 0) return std::nullopt;
  return number;
}

}  // namespace

bool is_open(const OwnLink& link, Instant now) { return now < link.expires_at && !link.ended_at; }

std::string signed_text(const LinkClaim& claim, std::string_view key) {
  const std::string text = claimed_text(claim);
  return text + '.' + base64url_of(hmac_sha256(key, "coopledger own view\n" + text));
}

std::optional<LinkClaim> claim_of(std::string_view text) {
  if (text.size() > 300 || !take_last(text)) return std::nullopt;
  const auto expires_at = number_of<std::int64_t>(take_last(text));
  const auto number = number_of<int>(take_last(text));
  if (!expires_at || !number || text.empty()) return std::nullopt;
  return LinkClaim{std::string{text}, *number, *expires_at};
}

LinkClaim claim_of(const std::string& node, const OwnLink& link) {
  const auto since = std::chrono::floor<std::chrono::seconds>(link.expires_at.time_since_epoch());
  return {node, link.number, since.count()};
}

}  // namespace coop::members
