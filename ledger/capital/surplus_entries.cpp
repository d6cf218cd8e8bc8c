#include "ledger/capital/surplus_entries.hpp"

#include <string>

#include "ledger/values/money.hpp"

namespace coop::capital {

namespace {

// The entries of a run: as many as it takes, each balanced in itself.
class RunEntries {
 public:
  RunEntries(const SurplusRun& run, const books::Author& author) : run_{run}, author_{author} {
    add(run.rule.reserve, -run.division.reserve_minor);
    if (!run.rule.other.empty()) add(run.rule.other, -run.division.other_minor);
    for (const SurplusShare& share : run.division.shares) {
      if (postings_.size() + 3 > books::most_postings) finish();
      add(run.rule.capital, -share.retained_minor(), share.of.member);
      add(run.rule.payable, -share.cash_minor, share.of.member);
    }
    finish();
  }
  std::vector<books::Draft> take() && { return std::move(drafts_); }

 private:
  void add(const std::string& account, std::int64_t minor, const std::string& member = {}) {
    if (minor == 0) return;
    books::DimensionCodes about{};
    if (!member.empty()) about[1] = member;
    postings_.push_back({account, Money::of_minor(minor, run_.rule.unit_id), about, {}});
    sum_ = checked_add(sum_, minor);
  }
  // What comes from the account that is divided stands first.
  void finish() {
    if (postings_.empty()) return;
    const bool is_reserve = run_.source == SurplusSource::reserve;
    postings_.insert(postings_.begin(), books::DraftPosting{is_reserve ? run_.rule.reserve : run_.rule.result,
                                                            Money::of_minor(-sum_, run_.rule.unit_id),
                                                            {},
                                                            {}});
    const std::string number = std::to_string(run_.number.number());
    const std::string part = drafts_.empty() ? "" : ", part " + std::to_string(drafts_.size() + 1);
    drafts_.push_back({.request_key = books::fingerprint_of("surplus: run " + number + part),
                       .asked_by = author_.user,
                       .booked_on = run_.booked_on,
                       .late = books::LateEntry::refuse,
                       .description = (run_.amount_minor > 0 ? "Surplus of " : "Loss of ") +
                                      run_.from_on.text() + " to " + run_.to_on.text() + " divided" + part,
                       .reference = "SR" + number,
                       .source = run_.decision,
                       .reverses = {},
                       .uses_hold = {},
                       .postings = std::move(postings_)});
    postings_.clear();
    sum_ = 0;
  }

  const SurplusRun& run_;
  const books::Author& author_;
  std::vector<books::DraftPosting> postings_;
  std::int64_t sum_ = 0;
  std::vector<books::Draft> drafts_;
};

}  // namespace

std::vector<books::Draft> drafts_of(const SurplusRun& run, const books::Author& author) {
  return RunEntries{run, author}.take();
}

}  // namespace coop::capital
