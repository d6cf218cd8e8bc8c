#include "ledger/proof/stretch_service.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include "ledger/proof/recorded_store.hpp"

namespace coop::proof {

namespace {

// So many that planning what reads them costs little of a stretch, so few that memory does not grow.
constexpr std::int64_t entries_together = 4'096;
// So many are checked, or wait to be taken, while each connection reads one.
constexpr std::size_t stretches_beside = 2;

// One more than cores: while one waits for PostgreSQL, another computes.
std::size_t suitable_connections() {
  return std::clamp<std::size_t>(std::size_t{std::thread::hardware_concurrency()} + 1, 2, 8);
}

}  // namespace

Readers::Readers(const DatabaseSettings& database, int connections)
    : database_{database},
      most_{connections > 0 ? static_cast<std::size_t>(connections) : suitable_connections()} {}

BulkReader& Readers::first() { return made(first_); }
BulkReader& Readers::of_rooms() { return made(of_rooms_); }

BulkReader& Readers::made(std::unique_ptr<BulkReader>& reader) {
  if (!reader) reader = std::make_unique<BulkReader>(database_);
  return *reader;
}

Readers::Lent::Lent(Readers& from) : from_{from} {
  std::unique_lock lock{from_.mutex_};
  from_.given_back_.wait(lock, [this] { return from_.lent_ < from_.most_; });
  ++from_.lent_;
  if (from_.free_.empty()) return;
  reader_ = std::move(from_.free_.back());
  from_.free_.pop_back();
}

Readers::Lent::~Lent() {
  {
    const std::lock_guard lock{from_.mutex_};
    --from_.lent_;
    if (reader_) from_.free_.push_back(std::move(reader_));
  }
  from_.given_back_.notify_one();
}

BulkReader& Readers::Lent::reader() { return from_.made(reader_); }

Stretches::Stretches(Readers& readers, const BookFacts& facts, std::int64_t last, std::size_t most_flaws,
                     bool alone)
    : readers_{readers}, facts_{facts}, last_{last}, most_flaws_{most_flaws}, alone_{alone} {
  start_more();
}

void Stretches::start_more() {
  const std::size_t most = alone_ ? 1 : readers_.count() + stretches_beside;
  while (next_ <= last_ && running_.size() < most) {
    const std::int64_t end = last_ - next_ < entries_together ? last_ : next_ + entries_together - 1;
    running_.push_back(start(next_, end));
    next_ = end + 1;
  }
}

std::future<StretchChecked> Stretches::start(std::int64_t first, std::int64_t last) {
  if (alone_) {
    return std::async(std::launch::deferred, [this, first, last] {
      return check_stretch(facts_, read_stretch(readers_.first(), facts_.node_id, first, last), most_flaws_);
    });
  }
  return std::async(std::launch::async, [this, first, last] {
    const Stretch stretch = [&] {
      Readers::Lent lent{readers_};
      return read_stretch(lent.reader(), facts_.node_id, first, last);
    }();
    return check_stretch(facts_, stretch, most_flaws_);
  });
}

std::optional<StretchChecked> Stretches::next() {
  if (running_.empty() && nothing_) {
    if (auto gap = skip_gap()) return gap;
  }
  if (!nothing_) start_more();
  if (running_.empty()) return std::nullopt;
  StretchChecked checked = running_.front().get();
  running_.pop_front();
  nothing_ = checked.entries == 0 && checked.postings == 0;
  return checked;
}

// The numbers up to the next one that is there, all of them missing; nothing if that is the very next.
std::optional<StretchChecked> Stretches::skip_gap() {
  nothing_ = false;
  if (next_ > last_) return std::nullopt;
  const std::int64_t first = next_;
  const auto there = find_next_entry(readers_.first(), facts_.node_id, first - 1);
  next_ = there && *there <= last_ ? *there : last_ + 1;
  if (next_ == first) return std::nullopt;
  StretchChecked gap{first, next_ - 1, 0, 0, 0, {}, {}, {}, {}, std::nullopt, Flaws{most_flaws_}};
  gap.flaws.add(Finding::entry_missing, first,
                "entries " + std::to_string(first) + " to " + std::to_string(next_ - 1) + " are missing");
  return gap;
}

}  // namespace coop::proof
