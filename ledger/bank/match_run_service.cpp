#include "ledger/bank/match_run_service.hpp"

#include <algorithm>
#include <future>
#include <set>

#include "ledger/bank/candidate_store.hpp"
#include "ledger/bank/import_store.hpp"
#include "ledger/bank/line_list_store.hpp"
#include "ledger/bank/line_store.hpp"
#include "ledger/bank/statement_words.hpp"
#include "ledger/books/book_head_store.hpp"
#include "ledger/database/undoable.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::bank {

namespace {

constexpr int most_at_once = 1'000;  // lines in one database transaction: others wait so long for the books

// What a proposal rests on: whose dues, which posting.
std::set<std::string> grounds_of(const Proposal& proposal) {
  std::set<std::string> grounds;
  for (const ProposedPart& part : proposal.parts) {
    if (!part.payer.empty()) grounds.insert("member " + part.payer);
    if (part.entry)
      grounds.insert("posting " + std::to_string(part.entry->number()) + " " +
                     std::to_string(part.posting_line));
  }
  return grounds;
}

// True of what changes more than its grounds: a direct debit or a payment of ours that is settled or comes
// back changes who owes what.
bool changes_much(const Proposal& proposal) {
  for (const ProposedPart& part : proposal.parts)
    if (part.collection || part.disbursement) return true;
  return false;
}

bool is_of_payments(const Proposal& proposal) {
  if (proposal.method == MatchMethod::rule) return false;
  for (const ProposedPart& part : proposal.parts)
    if (part.made != Made::payment) return false;
  return true;
}

// One stretch: what was matched of it, and the lines whose grounds an earlier one has changed.
struct Stretch {
  MatchRun done;
  std::vector<BankLineNumber> again;
  std::vector<EntryNumber> entries;  // of payments, matched whole
};

class Matcher {
 public:
  Matcher(Tx& tx, NodeId node, const Looking& looking, const books::Author& author)
      : tx_{tx}, node_{node}, looking_{looking}, author_{author} {}

  Stretch match(const std::vector<BankLine>& lines) {
    const auto proved = read_proved(tx_, node_, lines);
    const auto proposals = propose(tx_, node_, lines, looking_);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const Proposal* certain = proved[i] ? certain_among(proposals[i]) : nullptr;
      if (proved[i] && is_touched(proposals[i])) stretch_.again.push_back(lines[i].number);
      else if (certain == nullptr) count_left();
      else if (is_of_payments(*certain)) wait(lines[i], *certain);
      else try_one(lines[i], *certain);
    }
    accept_waiting();
    return std::move(stretch_);
  }

 private:
  void count_left() {
    ++stretch_.done.looked_at;
    ++stretch_.done.left;
  }

  // True if what was matched since the proposals were made may have changed them: then they are made anew.
  bool is_touched(const std::vector<Proposal>& proposals) const {
    if (is_all_touched_) return true;
    for (const Proposal& proposal : proposals)
      for (const std::string& ground : grounds_of(proposal))
        if (touched_.contains(ground)) return true;
    return false;
  }

  // Payments are accepted together, as soon as something else is to be done or nothing more comes.
  void wait(const BankLine& line, const Proposal& proposal) {
    ++stretch_.done.looked_at;
    waiting_.push_back({&line, &proposal});
    touched_.merge(grounds_of(proposal));
  }

  void accept_waiting() {
    const AcceptedLines accepted = accept_payments(tx_, node_, waiting_, author_);
    waiting_.clear();
    for (const auto& [method, count] : accepted.by_method) {
      stretch_.done.matched += count;
      stretch_.done.by_method[method] += count;
    }
    for (const RefusedLine& refused : accepted.refused) tell(refused);
    stretch_.entries.insert(stretch_.entries.end(), accepted.entries.begin(), accepted.entries.end());
  }

  void tell(const RefusedLine& refused) {
    ++stretch_.done.refused;
    stretch_.done.refusals.push_back(refused);
  }

  void try_one(const BankLine& line, const Proposal& proposal) {
    accept_waiting();
    ++stretch_.done.looked_at;
    Undoable one{tx_, "bank_match"};
    try {
      accept_open(tx_, node_, line, draft_of(proposal, false), author_);
      one.keep();
      touched_.merge(grounds_of(proposal));
      is_all_touched_ = is_all_touched_ || changes_much(proposal);
      ++stretch_.done.matched;
      ++stretch_.done.by_method[proposal.method];
    } catch (const Refused& refused) {
      one.undo();
      tell({line.number, std::string{text_of(refused.refusal()).code}, refused.detail()});
    }
  }

  Tx& tx_;
  NodeId node_;
  const Looking& looking_;
  const books::Author& author_;
  Stretch stretch_;
  std::vector<CertainLine> waiting_;
  std::set<std::string> touched_;
  bool is_all_touched_ = false;
};

// Looks again at what the tables hold whenever much more is matched than when it last looked: plans made for
// few matches read all of them for each line.
class Statistics {
 public:
  void refresh_for(Database& database, std::int64_t matched) {
    if (matched < many_more_ * known_) return;
    database.in_tx([](Tx& tx) { refresh_statistics(tx); });
    known_ = matched;
  }

 private:
  static constexpr std::int64_t many_more_ = 100;
  std::int64_t known_ = 1;
};

// Open lines of a file by number, a page at a time; the next one is read while one is matched. Where a file
// came or went meanwhile, lines may be told of otherwise by now: then it is read anew.
class OpenPages {
 public:
  OpenPages(Database& database, NodeId node, BankImportNumber import, BankLineNumber after)
      : database_{database}, node_{node}, import_{import}, after_{after} {}

  bool has_more() const { return after_.has_value(); }
  // Takes what was read ahead, if anything was. Not within a database transaction: it waits for another one.
  void await() {
    if (coming_.valid()) ahead_ = coming_.get();
  }
  // The lines of the page that are open now that the books are locked. The same page, if it is asked again.
  std::vector<BankLine> read(Tx& tx) {
    next_.reset();
    if (!after_) return {};
    const bool is_ahead =
        ahead_ && ahead_->after == *after_ && ahead_->file_steps == count_import_steps(tx, node_);
    if (!is_ahead) ahead_ = page_of(tx, node_, import_, *after_);
    if (std::ssize(ahead_->lines) == most_at_once) next_ = ahead_->lines.back().number;
    // Not in a snapshot for reports: plans that read whole tables cost more than all the rest.
    if (next_ && !coming_.valid())
      coming_ = std::async(
          std::launch::async, [&database = database_, node = node_, import = import_, after = *next_] {
            return database.in_tx([&](Tx& other) { return page_of(other, node, import, after); });
          });
    return find_still_open(tx, node_, ahead_->lines);
  }
  // The page is matched, and that is committed.
  void turn() { after_ = next_; }

 private:
  struct Page {
    BankLineNumber after;
    std::int64_t file_steps;
    std::vector<BankLine> lines;
  };
  static Page page_of(Tx& tx, NodeId node, BankImportNumber import, BankLineNumber after) {
    const std::int64_t file_steps = count_import_steps(tx, node);
    return {after, file_steps,
            list_lines(tx, node,
                       {.import = import,
                        .state = LineState::open,
                        .after = after,
                        .limit = most_at_once,
                        .with_raw = false})};
  }

  Database& database_;
  NodeId node_;
  BankImportNumber import_;
  std::optional<BankLineNumber> after_;
  std::optional<BankLineNumber> next_ = {};
  std::optional<Page> ahead_ = {};
  std::future<Page> coming_ = {};
};

void add(const MatchRun& done, MatchRun& run) {
  run.looked_at += done.looked_at;
  run.matched += done.matched;
  for (const auto& [method, count] : done.by_method) run.by_method[method] += count;
  run.left += done.left;
  run.refused += done.refused;
  for (const RefusedLine& one : done.refusals)
    if (run.refusals.size() < most_refusals_told) run.refusals.push_back(one);
}

}  // namespace

std::string words_of(const MatchRun& run) {
  const auto of = [&](MatchMethod method) {
    const auto found = run.by_method.find(method);
    return found == run.by_method.end() ? std::int64_t{0} : found->second;
  };
  return words_of_standing({.known_members = of(MatchMethod::reference) + of(MatchMethod::own_order),
                            .on_books = of(MatchMethod::posting),
                            .by_rule = of(MatchMethod::rule),
                            .open = run.left + run.refused});
}

MatchRun match_unattended(Database& database, NodeId node, BankImportNumber import, const Looking& asked,
                          const std::function<books::Author()>& author,
                          const std::function<bool(const MatchRun&)>& goes_on) {
  Looking looking{asked.fee_account, true};
  MatchRun run;
  const auto in_file = database.in_snapshot([&](Tx& tx) { return read_line_range(tx, node, import); });
  const bool is_large = in_file.count >= many_lines;
  if (is_large) database.in_tx([](Tx& tx) { refresh_statistics(tx); });
  Statistics statistics;
  std::vector<BankLineNumber> told;  // of other files: this one has their details
  run.total = database.in_snapshot([&](Tx& tx) {
    told = read_told_lines(tx, node, import);
    return count_open_lines_of(tx, node, import) + std::ssize(told);
  });
  if (!goes_on(run)) return run;
  OpenPages pages{database, node, import, BankLineNumber{in_file.first - 1}};
  std::vector<BankLineNumber> again;
  while (pages.has_more() || !again.empty() || !told.empty()) {
    if (!goes_on(run)) return run;
    pages.await();
    const Stretch stretch = database.in_tx([&](Tx& tx) {
      books::lock_book_head(tx, node);
      std::vector<BankLine> lines;
      for (const BankLineNumber number : again)
        if (BankLine line = read_line(tx, node, number); line.state == LineState::open)
          lines.push_back(std::move(line));
      for (BankLine& line : pages.read(tx)) lines.push_back(std::move(line));
      return Matcher{tx, node, looking, author()}.match(lines);
    });
    pages.turn();
    add(stretch.done, run);
    add(looking.matched, stretch.entries);
    if (is_large) statistics.refresh_for(database, run.matched);
    again = stretch.again;
    if (!again.empty() || pages.has_more()) continue;
    const auto some = std::min(std::ssize(told), std::ptrdiff_t{most_at_once});
    again.assign(told.begin(), told.begin() + some);
    told.erase(told.begin(), told.begin() + some);
  }
  run.is_complete = true;
  return run;
}

}  // namespace coop::bank
