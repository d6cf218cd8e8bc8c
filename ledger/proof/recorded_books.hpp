#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ledger/books/entry.hpp"

namespace coop::proof {

/// Days since 1970-01-01 as they were found, which may be none that a Day allows.
using FoundDay = std::int64_t;
/// Microseconds since 1970-01-01 UTC as they were found, which may be none that an Instant allows.
using FoundInstant = std::int64_t;

/// A row of `posting` as it was found.
struct RecordedPosting {
  std::int64_t entry;
  std::int64_t line;
  std::int64_t account;
  std::int64_t amount_minor;
  FoundDay booked_on;
  std::array<std::int64_t, 4> about;  ///< dimension rows in the order of dimension_kinds; 0: none
  std::string_view note;
};

/// A row of `entry` as it was found.
struct RecordedEntry {
  std::int64_t number;
  FoundInstant recorded_at;
  FoundDay booked_on;
  std::optional<FoundDay> document_on;
  std::int64_t posting_count;
  Hash hash;
  std::string_view description;
  std::string_view reference;
  std::string_view source;
  std::optional<std::int64_t> reverses;
  std::optional<std::int64_t> hold;
};

/// Entries `first` to `last` of a node as they were found, in the order of their numbers, with their postings
/// in the order of entry and line, the entry before the first, and what the reversals among them reverse.
struct Stretch {
  std::int64_t first;
  std::int64_t last;
  std::optional<RecordedEntry> previous;
  std::vector<RecordedEntry> entries;
  std::vector<RecordedPosting> postings;
  std::vector<RecordedEntry> reversed;
  std::vector<RecordedPosting> reversed_postings;
  std::vector<std::shared_ptr<const void>> texts;  ///< keeps what the views look at
};

/// An account as a posting needs it.
struct KnownAccount {
  std::string path;
  std::string unit;
  std::int64_t unit_id;
  int scale;
  FoundDay opened_on;
  std::optional<FoundDay> closed_on;
  bool by_day;   ///< it has totals by day
  bool watched;  ///< it is busy enough to have marks, or has some
};

/// A dimension row as a posting needs it.
struct KnownDimension {
  std::size_t kind;  ///< position in dimension_kinds
  std::string code;
};

/// Rows by id: those that count from 1, as ours do, are found by position; any others by search.
template <class Row>
class ById {
 public:
  void add(std::int64_t id, Row row) {
    if (id <= 0 || id > most_dense) {
      others_.insert_or_assign(id, std::move(row));
      return;
    }
    const auto position = static_cast<std::size_t>(id);
    if (dense_.size() <= position) dense_.resize(position + 1);
    dense_[position] = std::move(row);
  }
  /// Null if there is none.
  const Row* find(std::int64_t id) const {
    if (id > 0 && id < static_cast<std::int64_t>(dense_.size())) {
      const auto& row = dense_[static_cast<std::size_t>(id)];
      return row ? &*row : nullptr;
    }
    const auto found = others_.find(id);
    return found == others_.end() ? nullptr : &found->second;
  }

 private:
  static constexpr std::int64_t most_dense = 4'000'000;
  std::vector<std::optional<Row>> dense_;
  std::unordered_map<std::int64_t, Row> others_;
};

/// A period lock and how long it held.
struct KnownLock {
  std::int64_t number;
  bool hard;
  FoundDay through_on;
  FoundInstant locked_at;
  std::optional<FoundInstant> lifted_at;
};

/// What entries are judged by: the small tables of a node.
struct BookFacts {
  std::int64_t node_id;
  std::string node;
  ById<KnownAccount> accounts;
  ById<KnownDimension> dimensions;
  std::vector<KnownLock> locks;
};

/// A day as people write it, or what is wrong with it.
std::string day_text(FoundDay day);
/// An instant as people write it, or what is wrong with it.
std::string instant_text(FoundInstant instant);
/// The day, if it is one that exists.
std::optional<Day> day_from(FoundDay day);
/// The instant, if it is one that can be written.
std::optional<Instant> instant_from(FoundInstant instant);

}  // namespace coop::proof
