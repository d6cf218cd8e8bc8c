#include "ledger/books/chain.hpp"

#include <algorithm>
#include <boost/container/small_vector.hpp>

#include "ledger/values/refusal.hpp"

namespace coop::books {

namespace {

bool stands_for_itself(char character) {
  const auto byte = static_cast<unsigned char>(character);
  return byte >= 0x20 && byte != 0x7f && character != '"' && character != '\\';
}

void append_quoted(std::string& out, std::string_view text) {
  constexpr char digits[] = "0123456789abcdef";
  out += '"';
  while (!text.empty()) {
    const auto plain = static_cast<std::size_t>(
        std::find_if_not(text.begin(), text.end(), stands_for_itself) - text.begin());
    out.append(text.substr(0, plain));
    if (plain == text.size()) break;
    const char character = text[plain];
    const auto byte = static_cast<unsigned char>(character);
    if (character == '"' || character == '\\') {
      out += '\\';
      out += character;
    } else {
      out += "\\u00";
      out += digits[byte >> 4];
      out += digits[byte & 15];
    }
    text.remove_prefix(plain + 1);
  }
  out += '"';
}

std::string_view bytes_of(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

void append_posting(std::string& out, const ChainedPosting& posting) {
  out += "posting ";
  append_quoted(out, posting.account);
  out += ' ';
  out += posting.unit;
  out += ' ';
  append_minor(out, posting.amount_minor, posting.scale);
  for (const DimensionKind kind : dimension_kinds) {
    const std::string_view code = posting.about[static_cast<std::size_t>(kind)];
    if (code.empty()) continue;
    out += ' ';
    out += text_of(kind);
    out += '=';
    out += code;
  }
  if (!posting.note.empty()) {
    out += " note=";
    append_quoted(out, posting.note);
  }
  out += '\n';
}

void append_text_line(std::string& out, std::string_view name, std::string_view text) {
  if (text.empty()) return;
  out += name;
  out += ' ';
  append_quoted(out, text);
  out += '\n';
}

std::string_view view_of(const std::optional<std::string>& text) {
  return text ? std::string_view{*text} : std::string_view{};
}

ChainedPosting chained(const Posting& posting) {
  const auto& about = posting.about;
  return {posting.account,
          posting.unit,
          posting.scale,
          posting.amount_minor,
          {view_of(about[0]), view_of(about[1]), view_of(about[2]), view_of(about[3])},
          posting.note};
}

}  // namespace

void append_canonical(std::string& out, const ChainedEntry& entry) {
  out += "coopledger-entry-1\nnode ";
  out += entry.node;
  out += "\nnumber ";
  out += std::to_string(entry.number);
  out += "\nbooked_on ";
  entry.booked_on.append_to(out);
  out += "\nrecorded_at ";
  append_instant(out, entry.recorded_at);
  out += '\n';
  if (entry.document_on) {
    out += "document_on ";
    entry.document_on->append_to(out);
    out += '\n';
  }
  append_text_line(out, "description", entry.description);
  append_text_line(out, "reference", entry.reference);
  append_text_line(out, "source", entry.source);
  if (entry.reverses) out += "reverses " + std::to_string(*entry.reverses) + '\n';
  if (entry.hold) out += "hold " + std::to_string(*entry.hold) + '\n';
  for (const ChainedPosting& posting : entry.postings) append_posting(out, posting);
}

void append_canonical(std::string& out, std::string_view node, const Entry& entry) {
  boost::container::small_vector<ChainedPosting, 8> postings;
  postings.reserve(entry.postings.size());
  for (const Posting& posting : entry.postings) postings.push_back(chained(posting));
  const auto number_of = [](const auto& id) {
    return id ? std::optional<std::int64_t>{id->number()} : std::nullopt;
  };
  append_canonical(out, ChainedEntry{node, entry.number.number(), entry.booked_on, entry.recorded_at,
                                     entry.document_on, entry.description, entry.reference, entry.source,
                                     number_of(entry.reverses), number_of(entry.hold),
                                     std::span<const ChainedPosting>{postings.data(), postings.size()}});
}

Hash first_link_of(std::string_view node) { return sha256_of("coopledger-chain-1 ", node); }

Hash next_link(const Hash& previous, const Hash& digest) {
  return sha256_of(bytes_of(previous), bytes_of(digest));
}

Hash next_link(const Hash& previous, std::string_view canonical_text) {
  return next_link(previous, sha256_of(canonical_text));
}

}  // namespace coop::books
