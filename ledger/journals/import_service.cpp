#include "ledger/journals/import_service.hpp"

#include <fstream>

#include "ledger/books/account_service.hpp"
#include "ledger/books/posting_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/journals/import_drafts.hpp"
#include "ledger/journals/import_names.hpp"
#include "ledger/journals/import_store.hpp"
#include "ledger/journals/import_survey.hpp"
#include "ledger/journals/json_elements.hpp"
#include "ledger/journals/json_fields.hpp"
#include "ledger/journals/program.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::journals {

namespace {

constexpr std::int64_t batch_size = 1'000;

// JSON of hledger is a list; a complete export of ours begins with an object.
bool is_json(const std::filesystem::path& file) {
  std::ifstream in{file, std::ios::binary};
  if (!in) refuse_unreadable("the file " + file.string() + " cannot be opened");
  char first = ' ';
  while (in.get(first) && (first == ' ' || first == '\n' || first == '\r' || first == '\t')) {
  }
  if (in && first == '{')
    refuse_unreadable("this is no journal; a complete export is read by `coopledger restore`");
  return in && first == '[';
}

/// The entries of a file, as JSON that can be read as often as needed.
class ImportFile {
 public:
  ImportFile(const std::filesystem::path& file, const ImportOptions& options) : file_{file} {
    if (is_json(file)) return;
    if (!options.may_run_hledger) refuse_unreadable("the file is not what `hledger print -O json` writes");
    const auto hledger = find_program("hledger");
    if (!hledger) refuse_unreadable("a journal is read by hledger, which is not installed on this machine");
    printed_.emplace();
    const auto end = run_program(*hledger, {"-f", file.string(), "print", "-O", "json"}, printed_->path());
    if (end.status != 0) refuse_unreadable("hledger cannot read it: " + end.complaint);
    file_ = printed_->path();
  }

  /// Calls `take(entry, index)` for each entry; false if the caller stops it.
  template <class Take>
  bool each(std::string_view stage, std::int64_t total, const Watch& watch, const Take& take) const {
    std::ifstream in{file_, std::ios::binary};
    JsonElements elements{in};
    std::int64_t index = 0;
    for (auto element = elements.next(); element; element = elements.next(), ++index) {
      take(hledger_entry_from(*element), index);
      if ((index + 1) % batch_size != 0) continue;
      watch.tell(stage, index + 1, total);
      if (watch.is_cancelled()) return false;
    }
    watch.tell(stage, index, total);
    return true;
  }

 private:
  std::filesystem::path file_;
  std::optional<TemporaryFile> printed_;
};

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
    database_.in_snapshot([&](Tx& tx) { read_books(tx); });
    find_units();
    find_paths();
    if (doubts_.has_obstacles()) return finish_plan();
    const bool done =
        file_.each("planning", report_.entries, watch_,
                   [&](const HledgerEntry& entry, std::int64_t index) { plan_entry(entry, index); });
    count_keys();
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
    report_.complete =
        file_.each("recording", report_.entries, watch_, [&](const HledgerEntry& entry, std::int64_t index) {
          auto imported = imported_draft(entry, meanings_, options_, key_of(index), told_before);
          if (!imported) return;
          imported->draft.asked_by = author.user;
          batch_.push_back(std::move(*imported));
          if (static_cast<std::int64_t>(batch_.size()) == batch_size) post_batch(author);
        });
    if (report_.complete) post_batch(author);
  }

  ImportReport& report() { return report_; }

 private:
  books::Fingerprint key_of(std::int64_t index) const {
    return books::item_key_of(key_, static_cast<std::size_t>(index));
  }

  void read_books(Tx& tx) {
    existing_accounts_ = read_existing_accounts(tx, node_.id);
    closed_through_ = read_closed_through(tx, node_.id);
    for (const books::ListedUnit& listed : books::read_units(tx))
      existing_units_.emplace(listed.unit.code, listed.unit);
  }

  // Several commodities may be one unit ("$" and "USD").
  void find_units() {
    std::map<std::string, Unit> new_units;  // by code
    for (const auto& [commodity, seen] : survey_.commodities()) {
      const auto code = code_of_commodity(commodity, options_);
      if (!code) {
        doubts_.obstacle("commodities without a unit", "",
                         "which unit is the commodity '" + commodity + "'? Say it with --commodity '" +
                             commodity + "=USD'");
        continue;
      }
      const auto existing = existing_units_.find(*code);
      const bool is_new = existing == existing_units_.end();
      report_.units.push_back(
          {commodity, *code, is_new ? new_scale(*code, seen, commodity) : existing->second.scale, is_new});
      if (!is_new) continue;
      const UnitId stand_in{-1 - static_cast<int>(new_units.size())};
      Unit& unit = new_units.try_emplace(*code, Unit{stand_in, *code, 0}).first->second;
      unit.scale = std::max(unit.scale, report_.units.back().scale);
    }
    for (ImportUnit& unit : report_.units) {
      const Unit& meant = unit.is_new ? new_units.at(unit.code) : existing_units_.at(unit.code);
      unit.scale = meant.scale;
      meanings_.units.emplace(unit.commodity, meant);
    }
  }

  // A currency's own decimals, or as many as the file writes, as far as units go.
  int new_scale(const std::string& code, const ImportSurvey::Commodity& seen, const std::string& commodity) {
    constexpr int most_decimals = 6;
    for (const Iso4217& currency : iso4217_currencies()) {
      if (currency.code == code) return currency.scale;
    }
    if (seen.needed_places > most_decimals) {
      doubts_.obstacle("commodities with too many decimals", "",
                       "the commodity '" + commodity + "' is written with " +
                           std::to_string(seen.needed_places) + " decimals; units have at most six");
    }
    return std::min(seen.written_places, most_decimals);
  }

  void find_paths() {
    std::map<std::string, std::string> names;  // by path
    for (const auto& [name, account] : survey_.accounts()) {
      const std::string path = path_of_imported(name);
      if (path.size() > 255)
        doubts_.obstacle("long names", "", "the name of the account '" + name + "' is too long");
      const auto [same, is_new] = names.emplace(path, name);
      if (!is_new)
        doubts_.obstacle("names that meet", "",
                         "'" + name + "' and '" + same->second + "' become one account");
      meanings_.paths.emplace(name, path);
      const auto type = type_of_imported(name, account.declared_type, options_);
      if (type) {
        types_.emplace(path, *type);
      } else if (const auto known = type_of_existing(path)) {
        types_.emplace(path, *known);
      } else if (account.is_used) {
        const std::string first = name.substr(0, name.find(':'));
        doubts_.obstacle("accounts without a type", "",
                         "of which type are the accounts '" + first + "'? Say it with --account-type '" +
                             first + "=asset'");
      }
      if (path != name) titles_.emplace(path, shortened_title(name));
    }
    types_.emplace(path_of_imported(options_.conversion_account), books::AccountType::equity);
  }

  static std::string shortened_title(const std::string& name) {
    return name.size() <= 200 ? name : std::string{};
  }

  std::optional<books::AccountType> type_of_existing(const std::string& path) const {
    const auto existing = existing_accounts_.lower_bound({path, ""});
    if (existing == existing_accounts_.end() || existing->first.first != path) return std::nullopt;
    return existing->second.type;
  }

  void plan_entry(const HledgerEntry& entry, std::int64_t index) {
    const auto imported = imported_draft(entry, meanings_, options_, key_of(index), doubts_);
    if (!imported) {
      ++report_.skipped;
      return;
    }
    asked_keys_.push_back(imported->draft.request_key);
    if (static_cast<std::int64_t>(asked_keys_.size()) == batch_size) count_keys();
    if (closed_through_ && entry.day <= *closed_through_) late_places_.push_back(imported->place);
    for (const books::DraftPosting& posting : imported->draft.postings) add_posting(posting, entry.day);
  }

  void add_posting(const books::DraftPosting& posting, Day day) {
    auto& account =
        accounts_.try_emplace({posting.account, posting.amount.unit()}, Used{day, day, 0}).first->second;
    account.first_day = std::min(account.first_day, day);
    account.last_day = std::max(account.last_day, day);
    account.sum_minor = checked_add(account.sum_minor, posting.amount.minor());
    for (const books::DimensionKind kind : books::dimension_kinds) {
      const auto& code = posting.about[static_cast<std::size_t>(kind)];
      if (code) report_.dimensions.emplace(kind, *code);
    }
  }

  void count_keys() {
    if (asked_keys_.empty()) return;
    report_.on_record_before +=
        database_.in_snapshot([&](Tx& tx) { return count_on_record(tx, node_.id, asked_keys_); });
    asked_keys_.clear();
  }

  void find_accounts() {
    std::map<UnitId, const Unit*> units;
    for (const auto& [commodity, unit] : meanings_.units) units.emplace(unit.id, &unit);
    for (const auto& [key, used] : accounts_) {
      const Unit& unit = *units.at(key.second);
      ImportAccount account{title_of(key.first), key.first,     unit.code, types_.at(key.first),
                            used.first_day,      used.last_day, true,      used.sum_minor,
                            unit.scale};
      const auto existing = existing_accounts_.find({key.first, unit.code});
      if (existing != existing_accounts_.end()) check_existing(account, existing->second);
      report_.accounts.push_back(std::move(account));
    }
    const bool has_late =
        !late_places_.empty() && report_.on_record_before < report_.entries - report_.skipped;
    if (has_late) {
      doubts_.obstacle("closed periods", late_places_.front(),
                       "the books are closed through " + closed_through_->text() + ", and " +
                           std::to_string(late_places_.size()) + " entries are of that time");
    }
  }

  std::string title_of(const std::string& path) const {
    const auto title = titles_.find(path);
    return title == titles_.end() ? std::string{} : title->second;
  }

  void check_existing(ImportAccount& account, const ExistingAccount& existing) {
    account.is_new = false;
    if (account.first_day < existing.opened_on) {
      doubts_.obstacle("accounts opened later", "",
                       account.path + " was opened on " + existing.opened_on.text() + " and is used on " +
                           account.first_day.text());
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
      meanings_.units.at(unit.commodity) = found ? *found : make_unit(tx, unit);
    }
    std::vector<books::AccountDraft> drafts;
    for (const ImportAccount& account : report_.accounts) {
      if (!account.is_new) continue;
      drafts.push_back({account.path, account.unit, account.type, account.name, {}, {}, account.first_day});
    }
    books::open_accounts(tx, node_.id, drafts, author);
    std::vector<books::Dimension> dimensions;
    for (const auto& [kind, code] : report_.dimensions)
      dimensions.push_back({DimensionId{1}, kind, code, code});
    books::add_dimensions(tx, node_.id, dimensions, author);
  }

  static Unit make_unit(Tx& tx, const ImportUnit& unit) {
    for (const Iso4217& currency : iso4217_currencies()) {
      if (currency.code == unit.code) {
        return books::insert_unit(tx, unit.code, currency.name, currency.scale, UnitOrigin::currency);
      }
    }
    return books::insert_unit(tx, unit.code, unit.commodity, unit.scale, UnitOrigin::local);
  }

  void post_batch(const books::Author& author) {
    if (batch_.empty()) return;
    std::vector<books::Draft> drafts;
    for (const ImportedDraft& imported : batch_) drafts.push_back(imported.draft);
    const auto outcomes = database_.in_tx([&](Tx& tx) { return post_all(tx, drafts, author.now); });
    for (const books::Outcome& outcome : outcomes) {
      if (!books::recorded_or_throw(outcome).repeated) ++report_.recorded;
    }
    batch_.clear();
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
  std::map<std::string, books::AccountType> types_;  ///< by path
  std::map<std::string, std::string> titles_;        ///< names in the file, by path, where they differ
  std::map<std::pair<std::string, UnitId>, Used> accounts_;
  std::map<std::pair<std::string, std::string>, ExistingAccount> existing_accounts_;
  std::map<std::string, Unit> existing_units_;
  std::optional<Day> closed_through_;
  std::vector<std::string> late_places_;
  std::vector<books::Fingerprint> asked_keys_;
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
