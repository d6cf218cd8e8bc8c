#include "ledger/books/draft.hpp"

#include <algorithm>

#include "ledger/books/chain.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::books {

Fingerprint fingerprint_of(std::string_view text) {
  const Hash digest = sha256_of(text);
  Fingerprint fingerprint{};
  std::copy_n(digest.begin(), fingerprint.size(), fingerprint.begin());
  return fingerprint;
}

namespace {

// Each text with its length before it, so that two different things never read alike.
void append_part(std::string& out, std::string_view text) {
  out += std::to_string(text.size());
  out += ':';
  out += text;
}

}  // namespace

Fingerprint request_key_of(std::optional<std::string_view> user, std::string_view key) {
  std::string text = "request ";
  if (user) append_part(text, *user);
  else text += '-';
  text += ' ';
  text += key;
  return fingerprint_of(text);
}

Fingerprint item_key_of(const Fingerprint& request, std::size_t index) {
  std::string text{reinterpret_cast<const char*>(request.data()), request.size()};
  text += std::to_string(index);
  return fingerprint_of(text);
}

std::string uuid_text_of(const Fingerprint& fingerprint) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(36);
  for (std::size_t i = 0; i < fingerprint.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += digits[fingerprint[i] >> 4];
    text += digits[fingerprint[i] & 15];
  }
  return text;
}

Fingerprint fingerprint_from_uuid(std::string_view text) {
  Fingerprint fingerprint{};
  std::size_t at = 0;
  int high = -1;
  for (const char c : text) {
    if (c == '-') continue;
    const int digit = c <= '9' ? c - '0' : c - 'a' + 10;
    if (high < 0) {
      high = digit;
    } else {
      fingerprint.at(at++) = static_cast<unsigned char>(high * 16 + digit);
      high = -1;
    }
  }
  ensure(at == fingerprint.size(), "a uuid column holds sixteen bytes");
  return fingerprint;
}

Fingerprint content_hash_of(const Draft& draft, std::span<const std::string_view> units) {
  ensure(units.size() == draft.postings.size(), "each posting's unit has a code");
  std::string text;
  text.reserve(128 + draft.postings.size() * 48);
  draft.booked_on.append_to(text);
  text += draft.late == LateEntry::refuse ? 'r' : 'f';
  append_part(text, draft.description);
  append_part(text, draft.reference);
  append_part(text, draft.source);
  append_part(text, draft.reverses ? std::to_string(draft.reverses->number()) : "");
  append_part(text, draft.uses_hold ? std::to_string(draft.uses_hold->number()) : "");
  for (std::size_t i = 0; i < draft.postings.size(); ++i) {
    const DraftPosting& posting = draft.postings[i];
    append_part(text, posting.account);
    text += std::to_string(posting.amount.minor());
    text += '@';
    text += units[i];
    text += ' ';
    for (const auto& code : posting.about) append_part(text, code ? *code : "");
    append_part(text, posting.note);
  }
  return fingerprint_of(text);
}

}  // namespace coop::books
