#include "ledger/journals/import_service.hpp"

#include "ledger/books/account_service.hpp"
#include "ledger/books/posting_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/journals/import_drafts.hpp"
#include "ledger/journals/import_file.hpp"
#include "ledger/journals/import_store.hpp"
#include "ledger/journals/import_survey.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::journals {

namespace {

constexpr std::int64_t batch_size = 1'000;

/// Plans one import and carries it out.
class Importing {
 public:
  Importing(Database& database, std::string_view node, const std::filesystem::path& file,
            const ImportOptions& options, const Watch& watch)
      : database_{database},
        options_{options},
        watch_{watch},
        node_{database.in_snapshot([&](Tx& tx) { return books::read_node(tx, node); })},
        file_{file, options} {}

  /// Reads the file twice: for its names, then for its entries. False if the caller stops it.
  bool plan() {
    if (!file_.each("surveying", 0, watch_,
                    [&](const HledgerEntry& entry, std::int64_t) { survey_.take(entry, doubts_); }))
      return false;
    report_.entries = survey_.entries();
    report_.file_hash = survey_.file_hash();
    key_ = books::fingerprint_of("import " + node_.name + ' ' + report_.file_hash);
    if (file_.is_read_by_hledger()) note_directives(survey_.files(), doubts_);
    else survey_.tell_assertions(options_, doubts_);
    existing_ = database_.in_snapshot([&](Tx& tx) { return read_existing_books(tx, node_.id); });
    meanings_ = meanings_of(survey_, options_, existing_, doubts_);
    report_.units = import_units_of(meanings_, existing_);
    if (doubts_.has_obstacles()) return finish_plan();
    for (const auto& [commodity, meant] : meanings_.units) units_.emplace(meant.unit.id, &meant.unit);
    ImportDrafting drafting{meanings_, options_, doubts_};
    const bool done =
        file_.each("planning", report_.entries, watch_, [&](const HledgerEntry& entry, std::int64_t index) {
          plan_drafts(drafting.drafts_of(entry, key_of(index)));
        });
    look_on_record();
    tell_of_other_options();
    tell_of_dimensions();
    find_accounts();
    finish_plan();
    return done;
  }

  void require_no_obstacle() const {
    if (report_.obstacles.empty()) return;
    std::string detail = "before anything is recorded, settle this:";
    for (const ImportDoubt& doubt : report_.obstacles) {
      detail += '\n' + (doubt.place.empty() ? "" : doubt.place + ": ") + doubt.text;
    }
    throw Refused{Refusal::import_contradicts, detail};
  }

  void record(const books::Author& author) {
    database_.in_tx([&](Tx& tx) { prepare(tx, author); });
    Doubts told_before;
    ImportDrafting drafting{meanings_, options_, told_before};
    report_.complete =
        file_.each("recording", report_.entries, watch_, [&](const HledgerEntry& entry, std::int64_t index) {
          for (ImportedDraft& imported : drafting.drafts_of(entry, key_of(index))) {
            imported.draft.asked_by = author.user;
            batch_.push_back(std::move(imported));
          }
          if (static_cast<std::int64_t>(batch_.size()) >= batch_size) post_batch(author);
        });
    if (report_.complete) post_batch(author);
  }

  ImportReport& report() { return report_; }

 private:
  books::Fingerprint key_of(std::int64_t index) const {
    return books::item_key_of(key_, static_cast<std::size_t>(index));
  }

  void plan_drafts(const std::vector<ImportedDraft>& drafts) {
    if (drafts.empty()) ++report_.skipped;
    else report_.split_off += static_cast<std::int64_t>(drafts.size()) - 1;
    for (const ImportedDraft& imported : drafts) {
      const Day day = imported.draft.booked_on;
      asked_.push_back(imported);
      if (existing_.closed_through && day <= *existing_.closed_through)
        late_places_.push_back(imported.place);
      for (const books::DraftPosting& posting : imported.draft.postings) {
        const std::string too_large = add_posting(posting, day);
        if (!too_large.empty())
          doubts_.obstacle("balances too large", imported.place,
                           posting.account + ": " + too_large + " is more than books hold");
      }
    }
    if (static_cast<std::int64_t>(asked_.size()) >= batch_size) look_on_record();
  }

  // Which sum books cannot hold with this posting: balances and what moves on each side in a year have 64
  // bits.
  std::string add_posting(const books::DraftPosting& posting, Day day) {
    auto& account =
        accounts_.try_emplace({posting.account, posting.amount.unit()}, Used{day, day, 0, {}}).first->second;
    account.first_day = std::min(account.first_day, day);
    account.last_day = std::max(account.last_day, day);
    for (const books::DimensionKind kind : books::dimension_kinds) {
      const auto& code = posting.about[static_cast<std::size_t>(kind)];
      if (code) ++report_.dimensions[{kind, *code}];
    }
    const std::int64_t minor = posting.amount.minor();
    if (__builtin_add_overflow(account.sum_minor, minor, &account.sum_minor)) return "the sum of its amounts";
    const int year = static_cast<int>(day.ymd().year());
    std::int64_t& side = account.sides[{year, minor > 0}];
    if (!__builtin_add_overflow(side, minor, &side)) return {};
    return std::string{"the sum of its "} + (minor > 0 ? "debits" : "credits") + " in " +
           std::to_string(year);
  }

  // What is on record of the drafts planned since, and whether it is what they would record.
  void look_on_record() {
    if (asked_.empty()) return;
    std::vector<books::Fingerprint> keys;
    for (const ImportedDraft& imported : asked_) keys.push_back(imported.draft.request_key);
    const auto found = database_.in_snapshot([&](Tx& tx) { return read_on_record(tx, node_.id, keys); });
    report_.on_record_before += static_cast<std::int64_t>(found.size());
    for (const ImportedDraft& imported : asked_) {
      const auto recorded = found.find(imported.draft.request_key);
      if (recorded != found.end()) compare(imported, recorded->second);
    }
    asked_.clear();
  }

  void compare(const ImportedDraft& imported, const std::vector<std::string>& recorded) {
    std::vector<std::string> planned;
    for (const books::DraftPosting& posting : imported.draft.postings) {
      const Unit& unit = *units_.at(posting.amount.unit());
      planned.push_back(moved_text(posting.account, posting.amount.minor(), unit.scale, unit.code));
    }
    if (planned == recorded || ++otherwise_ > 1) return;
    std::size_t line = 0;
    while (line < planned.size() && line < recorded.size() && planned[line] == recorded[line]) ++line;
    const auto told = [line](const auto& lines) {
      return line < lines.size() ? "'" + lines[line] + "'" : std::string{"nothing more"};
    };
    otherwise_place_ = imported.place;
    otherwise_text_ =
        "is on record with " + told(recorded) + " and would now be recorded with " + told(planned);
  }

  void tell_of_other_options() {
    if (otherwise_ == 0) return;
    const std::string more =
        otherwise_ == 1 ? "" : ", and so are " + std::to_string(otherwise_ - 1) + " more";
    doubts_.obstacle("imported with other options", otherwise_place_,
                     otherwise_text_ + more +
                         ": this file was imported with other options. Give those again, or reverse what "
                         "was recorded and post it anew");
  }

  void tell_of_dimensions() {
    for (const auto& [dimension, count] : report_.dimensions) {
      doubts_.note("dimensions of postings", "",
                   std::to_string(count) +
                       (count == 1 ? " posting is about the " : " postings are about the ") +
                       std::string{books::text_of(dimension.first)} + ' ' + dimension.second +
                       (existing_.dimensions.contains(dimension) ? "" : " (new)"));
    }
  }

  void find_accounts() {
    for (const auto& [key, used] : accounts_) {
      const Unit& unit = *units_.at(key.second);
      ImportAccount account{title_of(key.first), key.first,     unit.code, meanings_.types.at(key.first),
                            used.first_day,      used.last_day, true,      used.sum_minor,
                            unit.scale};
      const auto existing = existing_.accounts.find({key.first, unit.code});
      if (existing != existing_.accounts.end()) check_existing(account, existing->second);
      report_.accounts.push_back(std::move(account));
    }
    const std::int64_t wanted = report_.entries - report_.skipped + report_.split_off;
    if (!late_places_.empty() && report_.on_record_before < wanted) {
      doubts_.obstacle("closed periods", late_places_.front(),
                       "the books are closed through " + existing_.closed_through->text() + ", and " +
                           std::to_string(late_places_.size()) + " entries are of that time");
    }
  }

  std::string title_of(const std::string& path) const {
    const auto title = meanings_.titles.find(path);
    return title == meanings_.titles.end() ? std::string{} : title->second;
  }

  void check_existing(ImportAccount& account, const ExistingAccount& existing) {
    account.is_new = false;
    if (account.first_day < existing.opened_on) {
      doubts_.note("accounts opened later", "",
                   account.path + " in " + account.unit + " is opened from " + account.first_day.text() +
                       " instead of " + existing.opened_on.text());
    }
    if (existing.closed_on && account.last_day > *existing.closed_on) {
      doubts_.obstacle("closed accounts", "", account.path + " was closed on " + existing.closed_on->text());
    }
    if (existing.type != account.type) {
      account.type = existing.type;
      doubts_.note("types differ", "", account.path + " keeps the type it has in the books");
    }
  }

  bool finish_plan() {
    report_.notes = doubts_.notes();
    report_.obstacles = doubts_.obstacles();
    return true;
  }

  void prepare(Tx& tx, const books::Author& author) {
    for (ImportUnit& unit : report_.units) {
      const auto found = books::find_unit(tx, unit.code);
      meanings_.units.at(unit.commodity).unit = found ? *found : make_unit(tx, unit);
    }
    std::vector<books::AccountDraft> drafts;
    for (const ImportAccount& account : report_.accounts)
      drafts.push_back({account.path, account.unit, account.type, account.name, {}, {}, account.first_day});
    books::open_earlier(tx, node_.id, drafts, author);
    books::open_accounts(tx, node_.id, drafts, author);
    std::vector<books::Dimension> dimensions;
    for (const auto& [dimension, count] : report_.dimensions)
      dimensions.push_back({DimensionId{1}, dimension.first, dimension.second, dimension.second});
    books::add_dimensions(tx, node_.id, dimensions, author);
  }

  static Unit make_unit(Tx& tx, const ImportUnit& unit) {
    for (const Iso4217& currency : iso4217_currencies()) {
      if (currency.code == unit.code) {
        return books::insert_unit(tx, unit.code, currency.name, currency.scale, UnitOrigin::currency);
      }
    }
    const std::string& name = unit.commodity.empty() || unit.shift > 0 ? unit.code : unit.commodity;
    return books::insert_unit(tx, unit.code, name, unit.scale, UnitOrigin::local);
  }

  void post_batch(const books::Author& author) {
    leave_out_recorded();
    if (batch_.empty()) return;
    std::vector<books::Draft> drafts;
    for (const ImportedDraft& imported : batch_) drafts.push_back(imported.draft);
    const auto outcomes = database_.in_tx([&](Tx& tx) { return post_all(tx, drafts, author.now); });
    for (const books::Outcome& outcome : outcomes) {
      if (!books::recorded_or_throw(outcome).repeated) ++report_.recorded;
    }
    batch_.clear();
  }

  // What an earlier import of the same file recorded stays as it is, also if the file has another name now.
  void leave_out_recorded() {
    std::vector<books::Fingerprint> keys;
    for (const ImportedDraft& imported : batch_) keys.push_back(imported.draft.request_key);
    const auto recorded = database_.in_snapshot([&](Tx& tx) { return find_on_record(tx, node_.id, keys); });
    std::erase_if(
        batch_, [&](const ImportedDraft& imported) { return recorded.contains(imported.draft.request_key); });
  }

  // Refused before anything of the batch is committed, with the place in the file.
  std::vector<books::Outcome> post_all(Tx& tx, const std::vector<books::Draft>& drafts, Instant now) const {
    auto outcomes = books::post(tx, node_.id, drafts, books::Together::all_or_none, now);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      const auto* refused = std::get_if<Refused>(&outcomes[i]);
      if (refused == nullptr || refused->refusal() == Refusal::batch_refused) continue;
      throw Refused{
          Refusal::import_contradicts,
          batch_[i].place + ": " + std::string{text_of(refused->refusal()).code} + ": " + refused->detail()};
    }
    return outcomes;
  }

  struct Used {
    Day first_day;
    Day last_day;
    std::int64_t sum_minor;
    std::map<std::pair<int, bool>, std::int64_t> sides;  ///< by year and whether debits: what moved there
  };

  Database& database_;
  const ImportOptions& options_;
  const Watch& watch_;
  books::Node node_;
  ImportFile file_;
  ImportSurvey survey_;
  Doubts doubts_;
  ImportReport report_;
  ImportMeanings meanings_;
  books::Fingerprint key_{};
  std::map<std::pair<std::string, UnitId>, Used> accounts_;
  ExistingBooks existing_;
  std::vector<std::string> late_places_;
  std::map<UnitId, const Unit*> units_;  ///< of the meanings
  std::vector<ImportedDraft> asked_;     ///< planned, not yet looked for on record
  std::int64_t otherwise_ = 0;           ///< entries that are on record otherwise
  std::string otherwise_place_;
  std::string otherwise_text_;
  std::vector<ImportedDraft> batch_;
};

}  // namespace

ImportReport preview_import(Database& database, std::string_view node, const std::filesystem::path& file,
                            const ImportOptions& options, const Watch& watch) {
  Importing importing{database, node, file, options, watch};
  importing.plan();
  return std::move(importing.report());
}

ImportReport import_journal(Database& database, std::string_view node, const std::filesystem::path& file,
                            const ImportOptions& options, const books::Author& author, const Watch& watch) {
  Importing importing{database, node, file, options, watch};
  if (!importing.plan()) return std::move(importing.report());
  importing.require_no_obstacle();
  importing.record(author);
  return std::move(importing.report());
}

}  // namespace coop::journals
