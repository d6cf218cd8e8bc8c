#include "ledger/journals/import_drafts.hpp"

#include <algorithm>

#include "ledger/journals/import_comments.hpp"
#include "ledger/journals/import_names.hpp"
#include "ledger/journals/import_parts.hpp"
#include "ledger/journals/import_postings.hpp"
#include "ledger/journals/import_tags.hpp"
#include "ledger/values/text.hpp"

namespace coop::journals {

namespace {

/// Cuts the exact postings of one entry into whole minor units.
class Cutting {
 public:
  Cutting(const ImportOptions& options, ImportRounding& rounding, PlacedDoubts& doubts)
      : options_{options}, rounding_{rounding}, doubts_{doubts} {}

  std::vector<DatedPosting> cut(const std::vector<ExactPosting>& exact, Day own_day) {
    for (const ExactPosting& posting : exact) take(posting);
    for (const auto& [unit, left] : left_) take_rest(unit, left, own_day);
    return std::move(cut_);
  }

 private:
  void take(const ExactPosting& posting) {
    const auto minor = minor_of(posting);
    if (!minor) return;
    left_[posting.unit.id] += *minor;
    const auto narrow = find_int64(*minor);
    if (!narrow || !books::is_within_one_posting(*narrow)) {
      fail(posting, "amounts too large",
           " is more than one posting moves; give the commodity a unit with fewer decimals");
    } else if (*minor != 0) {
      const Money amount = Money::of_minor(*narrow, posting.unit.id);
      cut_.push_back({posting.day, {posting.path, amount, posting.about, posting.note}});
    }
  }

  std::optional<Digits> minor_of(const ExactPosting& posting) {
    const Unit& unit = posting.unit;
    const auto whole = whole_minor(posting.amount, unit.scale);
    if (!options_.rounding_account) {
      if (!whole) {
        fail(posting, "amounts with too many decimals",
             " has more decimals than " + unit.code + " has (" + std::to_string(unit.scale) +
                 "); --rounding-account=equity:rounding rounds such amounts and takes the differences");
      }
      return whole;
    }
    const Digits minor = rounding_.minor_of(posting.path, unit, posting.amount);
    if (!whole) {
      doubts_.note("amounts are rounded", named(posting) + " is recorded as " +
                                              text_of(Decimal{minor, unit.scale}) +
                                              ", so that the balance is the file's, rounded");
    }
    return minor;
  }

  // What makes an entry balance fails only if nothing in the entry did.
  void fail(const ExactPosting& posting, const std::string& kind, const std::string& text) {
    if (!posting.is_added || !doubts_.has_failed) doubts_.fail(kind, named(posting) + text);
  }

  static std::string named(const ExactPosting& posting) {
    return posting.path + ": " + text_of(posting.amount) + ' ' + posting.unit.code;
  }

  void take_rest(UnitId unit, const Digits& left, Day own_day) {
    if (left == 0 || doubts_.has_failed || !options_.rounding_account) return;
    const std::string path = path_of_imported(*options_.rounding_account);
    cut_.push_back({own_day, {path, Money::of_minor(-*find_int64(left), unit), {}, "Rounding"}});
  }

  const ImportOptions& options_;
  ImportRounding& rounding_;
  PlacedDoubts& doubts_;
  std::vector<DatedPosting> cut_;
  std::map<UnitId, Digits> left_;  ///< what the entry lacks to balance
};

bool has_mark(const HledgerEntry& entry) {
  if (entry.mark != HledgerMark::none) return true;
  for (const HledgerPosting& posting : entry.postings) {
    if (posting.mark != HledgerMark::none) return true;
  }
  return false;
}

// What the entry's tags say of each posting that does not say it itself.
books::DimensionCodes codes_for_all(const HledgerEntry& entry, const Dimensions& known,
                                    PlacedDoubts& doubts) {
  const TaggedCodes said = tagged_codes_of(entry.tags, &known);
  for (const HledgerTag& tag : said.no_codes)
    doubts.tally("tags that are no codes",
                 told_tag(tag) + " is no code of a dimension: it stays in the note");
  for (const HledgerTag& tag : said.unknown)
    doubts.tally("tags of no dimension",
                 told_tag(tag) + " of an entry is no dimension of this node: it stays in the note");
  for (const HledgerTag& tag : said.passed_over)
    doubts.note("tags passed over",
                "an entry has one " + tag.name + ", the first: " + told_tag(tag) + " stays in the note");
  books::DimensionCodes codes = said.codes;
  for (std::size_t kind = 0; kind < codes.size(); ++kind) {
    if (!codes[kind]) continue;
    const bool is_of_none =
        std::all_of(entry.postings.begin(), entry.postings.end(), [&](const auto& posting) {
          const auto own = tagged_codes_of(posting.tags).codes[kind];
          return own && own != codes[kind];
        });
    if (is_of_none) codes[kind].reset();
  }
  return codes;
}

ImportedTexts texts_for(const HledgerEntry& entry, const books::DimensionCodes& about, PlacedDoubts& doubts) {
  ImportedTexts texts = texts_of(entry, about);
  if (entry.second_day) {
    texts.note = "second day " + entry.second_day->text() + (texts.note.empty() ? "" : "; ") + texts.note;
  }
  if (texts.description.size() > 1000 || texts.reference.size() > 200 || texts.source.size() > 500) {
    doubts.note("texts are shortened", "a description, code or file name is shortened");
  }
  texts.description = shortened(texts.description, 1000);
  texts.reference = shortened(texts.reference, 200);
  texts.source = shortened(texts.source, 500);
  return texts;
}

// The entry's note stands in front of its first posting's.
void add_note(std::string& note, const std::string& of_entry, PlacedDoubts& doubts) {
  if (of_entry.empty()) return;
  const std::string both = note.empty() ? of_entry : of_entry + "; " + note;
  note = shortened(both, 500);
  if (note.size() < both.size()) {
    doubts.note("notes are shortened", "a note longer than 500 letters is shortened");
  }
}

bool are_storable(const ImportedTexts& texts, const std::vector<ImportPart>& parts) {
  for (const ImportPart& part : parts) {
    for (const books::DraftPosting& posting : part.postings) {
      if (!is_storable_text(posting.note)) return false;
    }
  }
  return is_storable_text(texts.description) && is_storable_text(texts.reference) &&
         is_storable_text(texts.source);
}

}  // namespace

std::vector<ImportedDraft> ImportDrafting::drafts_of(const HledgerEntry& entry,
                                                     const books::Fingerprint& key) {
  PlacedDoubts doubts{doubts_, place_of(entry)};
  if (has_mark(entry)) {
    doubts_.note("marks are left out", "",
                 "the marks ! and * of entries and postings are left out: what is recorded is recorded");
  }
  const books::DimensionCodes about = codes_for_all(entry, meanings_.dimensions, doubts);
  const auto exact = exact_postings_of(entry, about, meanings_, options_, doubts);
  const auto postings = Cutting{options_, rounding_, doubts}.cut(exact, entry.day);
  if (doubts.has_failed) return {};
  if (postings.size() < 2) {
    doubts.note("entries without postings are left out", "fewer than two postings are left: left out");
    return {};
  }
  auto parts = parts_of(postings, entry.day, path_of_imported(options_.clearing_account));
  if (postings.size() > books::most_postings) {
    doubts.note("entries in parts", "more than a thousand postings are recorded as " +
                                        std::to_string(parts.size()) + " entries through " +
                                        options_.clearing_account);
  }
  const ImportedTexts texts = texts_for(entry, about, doubts);
  add_note(parts.front().postings.front().note, texts.note, doubts);
  if (!are_storable(texts, parts)) {
    doubts.fail("texts that cannot be kept", "a text has a character that cannot be kept");
    return {};
  }
  std::vector<ImportedDraft> drafts;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    drafts.push_back({books::Draft{.request_key = part == 0 ? key : books::item_key_of(key, part),
                                   .asked_by = {},
                                   .booked_on = parts[part].day,
                                   .late = books::LateEntry::refuse,
                                   .description = texts.description,
                                   .reference = texts.reference,
                                   .source = texts.source,
                                   .reverses = {},
                                   .uses_hold = {},
                                   .postings = std::move(parts[part].postings)},
                      doubts.place});
  }
  return drafts;
}

}  // namespace coop::journals
