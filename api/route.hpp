#pragma once
#include <functional>
#include <optional>
#include <string_view>
#include <variant>

#include "api/answer.hpp"
#include "api/call.hpp"
#include "ledger/access/role.hpp"

namespace coop {
class Tx;
}

namespace coop::api {

struct Services;

/// Where the answer to a call goes: once, from any thread. If it is dropped without an answer, the client
/// gets a 500.
using AnswerLater = std::function<void(Answer)>;

/// Answers at once: reads, and writes that keep their own database transactions and keys. Runs on a worker
/// thread.
using Ask = Answer (*)(const Call&, Services&);
/// Writes in one database transaction, in which its first answer is kept under the request's key. Runs on a
/// worker thread; may run again if the database asks for it, so it has no other effect.
using Write = Answer (*)(Tx&, const Call&, Services&);
/// Starts the work and answers later. `start` runs on a reactor thread and must not block; a dry run is asked
/// of `dry`, on a worker thread.
struct Start {
  void (*start)(Call&&, Services&, AnswerLater);
  Ask dry;
};

/// Answers later; runs on a worker thread, which it does not keep: for callers who wait for something to
/// happen.
struct Later {
  void (*run)(const Call&, Services&, AnswerLater);
};

/// One line of the route table.
struct Route {
  std::string_view method;             ///< "GET", "POST", "PATCH", "PUT", "DELETE"
  std::string_view pattern;            ///< "/v1/nodes/{node}/entries"
  std::optional<access::Action> need;  ///< what the caller must be allowed; nothing: open to everybody
  std::variant<Ask, Write, Start, Later> handler;
  std::string_view
      parameters;             ///< the query parameters it knows, blanks between; writes know dry_run as well
  std::string_view summary;   ///< one sentence for the documents
  bool records = true;        ///< of routes that are no GET: takes an Idempotency-Key and dry_run
  bool is_long = false;       ///< may take long or wait for a slow client: runs on a thread for long calls,
                              ///< as all does that is asked for as CSV
  bool holds_secret = false;  ///< the body holds a password: it is not part of what is kept of the request

  bool is_write() const noexcept { return records && method != "GET"; }
};

/// True for "{node}".
constexpr bool is_place(std::string_view part) noexcept { return part.starts_with('{'); }

/// The segments of a pattern: `for (std::string_view part : PatternParts{"/v1/nodes/{node}"})`.
class PatternParts {
 public:
  explicit constexpr PatternParts(std::string_view pattern) noexcept : rest_{pattern} {}
  /// Goes from segment to segment.
  class Iterator {
   public:
    explicit constexpr Iterator(std::string_view rest, bool at_end) noexcept : rest_{rest}, at_end_{at_end} {
      step();
    }
    constexpr std::string_view operator*() const noexcept { return part_; }
    constexpr Iterator& operator++() noexcept { return step(), *this; }
    constexpr bool operator!=(const Iterator& other) const noexcept { return at_end_ != other.at_end_; }

   private:
    constexpr void step() noexcept {
      if (rest_.empty() || rest_ == "/") at_end_ = true;
      if (at_end_) return;
      rest_.remove_prefix(1);
      part_ = rest_.substr(0, rest_.find('/'));
      rest_.remove_prefix(part_.size());
    }
    std::string_view rest_;
    std::string_view part_;
    bool at_end_;
  };
  constexpr Iterator begin() const noexcept { return Iterator{rest_, false}; }
  constexpr Iterator end() const noexcept { return Iterator{{}, true}; }

 private:
  std::string_view rest_;
};

}  // namespace coop::api
