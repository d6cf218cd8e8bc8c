#pragma once
#include <map>
#include <string>

#include "api/demo/demo.hpp"
#include "api/demo/year.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/books/posting_service.hpp"
#include "ledger/books/units.hpp"
#include "ledger/values/ids.hpp"

namespace coop::api::demo {

/// Makes the demonstration's users that are missing, and gives them their roles.
void make_users(Tx& tx, const std::map<std::string, NodeId, std::less<>>& node_ids, Instant now);

/// The user who writes a node's books.
std::string bookkeeper_of(const std::string& node);

/// The name of a demonstration entry's request: the same for ever.
books::Fingerprint key_of(const std::string& node, const std::string& key);

/// Plays a diary into a node's books, all of it in one database transaction: books that were begun and then
/// went on by themselves could not take what the past still lacks. Adds to `report`.
class DiaryPlayer {
 public:
  DiaryPlayer(Database& database, NodeId node, std::optional<UserId> bookkeeper, const books::Units& units);
  void play(const Diary& diary, DemoReport& report);

 private:
  struct Friday;
  void play_friday(Tx& tx, const Friday& friday);
  void write_entries(Tx& tx, const Friday& friday);
  void write(Tx& tx, const WrittenReversal& reversal, const books::Author& author);
  void write(Tx& tx, const WrittenHold& hold, const books::Author& author);
  void write(Tx& tx, const UsedHold& used, const books::Author& author);
  void write(Tx& tx, const VoidedHold& voided, const books::Author& author);
  void write(Tx& tx, const WrittenLock& lock, const books::Author& author);
  books::Draft draft_of(const WrittenEntry& entry) const;
  std::vector<books::DraftPosting> postings_of(const std::vector<DiaryLine>& lines) const;

  Database& database_;
  NodeId node_;
  std::optional<UserId> bookkeeper_;
  const books::Units& units_;
  std::string node_name_;
  std::map<std::string, EntryNumber> entries_;  ///< by key, for reversals
  std::map<std::string, HoldNumber> holds_;     ///< by key
  std::vector<books::Recorded> recorded_;       ///< so far
};

/// Makes parties of the members, with their memberships, tiers and meeting, and keeps their dues of February
/// 2026; does nothing where that was done. The diary must have been played.
void play_society(Tx& tx, NodeId node, const NodeYear& year, UserId bookkeeper, UnitId eur);

}  // namespace coop::api::demo
