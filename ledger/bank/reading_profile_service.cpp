#include "ledger/bank/reading_profile_service.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <set>

#include "ledger/bank/bank_account_service.hpp"
#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::bank {

namespace {

bool is_same(const ReadingProfile& one, const ReadingProfile& other) {
  return json_of(one) == json_of(other);
}

const SavedProfile* find_saved(const std::vector<SavedProfile>& saved, const std::string& fingerprint) {
  for (const SavedProfile& one : saved)
    if (one.profile.fingerprint == fingerprint) return &one;
  return nullptr;
}

void add(statements::FileProfile& all, const ReadingProfile& profile) {
  if (profile.form == statements::FileKind::qif) all.qif = profile.qif;
  else all.csv.push_back(profile.csv);
}

// Nothing of a kind that is read in two ways.
std::map<std::string, ReadingProfile> agreed(const std::vector<SavedProfile>& saved) {
  std::map<std::string, ReadingProfile> profiles;
  std::set<std::string> disputed;
  for (const SavedProfile& one : saved) {
    const auto [place, is_new] = profiles.emplace(one.profile.fingerprint, one.profile);
    if (!is_new && !is_same(place->second, one.profile)) disputed.insert(one.profile.fingerprint);
  }
  for (const std::string& fingerprint : disputed) profiles.erase(fingerprint);
  return profiles;
}

}  // namespace

SavedProfile save_reading_profile(Tx& tx, NodeId node, BankAccountNumber account,
                                  const ReadingProfile& profile, const books::Author& author) {
  books::lock_book_head(tx, node);
  read_bank_account(tx, node, account);
  const auto before = read_reading_profiles(tx, node, account);
  const SavedProfile* known = find_saved(before, profile.fingerprint);
  if (known && is_same(known->profile, profile)) return *known;
  insert_reading_profile(tx, node, account, profile, author);
  books::tell(tx, node, author, "bank_profile_saved",
              {{"bank_account", account.number()}, {"fingerprint", profile.fingerprint}});
  const auto after = read_reading_profiles(tx, node, account);
  const SavedProfile* saved = find_saved(after, profile.fingerprint);
  ensure(saved != nullptr, "what is remembered is there");
  return *saved;
}

statements::FileProfile file_profile_of(Tx& tx, NodeId node, std::optional<BankAccountNumber> account,
                                        const std::optional<ReadingProfile>& given) {
  statements::FileProfile all;
  const auto saved = agreed(read_reading_profiles(tx, node, account));
  for (const auto& [fingerprint, profile] : saved)
    if (!given || given->fingerprint != fingerprint) add(all, profile);
  if (given) add(all, *given);
  return all;
}

}  // namespace coop::bank
