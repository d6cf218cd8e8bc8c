#include "ledger/proof/canonical.hpp"

#include <algorithm>

#include "ledger/books/chain.hpp"

namespace coop::proof {

namespace {

std::optional<books::ChainedPosting> chained(const BookFacts& facts, const RecordedPosting& posting) {
  const KnownAccount* account = facts.accounts.find(posting.account);
  if (account == nullptr) return std::nullopt;
  books::ChainedPosting chained{account->path, account->unit, account->scale, posting.amount_minor, {},
                                posting.note};
  for (std::size_t kind = 0; kind < posting.about.size(); ++kind) {
    if (posting.about[kind] == 0) continue;
    const KnownDimension* dimension = facts.dimensions.find(posting.about[kind]);
    if (dimension == nullptr || dimension->kind != kind) return std::nullopt;
    chained.about[kind] = dimension->code;
  }
  return chained;
}

}  // namespace

std::optional<std::string> canonical_text(const BookFacts& facts, const Stretch& stretch,
                                          const RecordedEntry& entry) {
  const auto booked_on = day_from(entry.booked_on);
  const auto recorded_at = instant_from(entry.recorded_at);
  const auto document_on = entry.document_on ? day_from(*entry.document_on) : std::nullopt;
  if (!booked_on || !recorded_at || document_on.has_value() != entry.document_on.has_value())
    return std::nullopt;
  const auto [begin, end] = std::equal_range(
      stretch.postings.begin(), stretch.postings.end(), RecordedPosting{entry.number, 0, 0, 0, 0, {}, {}},
      [](const RecordedPosting& a, const RecordedPosting& b) { return a.entry < b.entry; });
  std::vector<books::ChainedPosting> postings;
  for (auto posting = begin; posting != end; ++posting) {
    const auto one = chained(facts, *posting);
    if (!one) return std::nullopt;
    postings.push_back(*one);
  }
  std::string text;
  books::append_canonical(text,
                          {facts.node, entry.number, *booked_on, *recorded_at, document_on, entry.description,
                           entry.reference, entry.source, entry.reverses, entry.hold, postings});
  return text;
}

}  // namespace coop::proof
