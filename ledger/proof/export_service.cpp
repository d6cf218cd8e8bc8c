#include "ledger/proof/export_service.hpp"

#include <algorithm>
#include <fstream>
#include <set>

#include "ledger/journals/native_reader.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::proof {

namespace {

constexpr std::int64_t lines_between_looks = 1'000;

// One export, line by line. What the reader does not judge is judged here: who signed what.
class ExportCheck {
 public:
  explicit ExportCheck(const VerifyOptions& options) : options_{options}, flaws_{options.most_flaws} {}

  void take(const journals::NativeLine& line) {
    if (const auto* head = std::get_if<journals::NativeHead>(&line)) {
      verified_.name = head->node;
      entries_total_ = head->entries;
    } else if (const auto* entry = std::get_if<journals::NativeEntry>(&line)) {
      take_entry(entry->entry);
    } else if (const auto* checkpoint = std::get_if<journals::NativeCheckpoint>(&line)) {
      take_checkpoint(*checkpoint);
    }
    verified_.holds += std::holds_alternative<journals::NativeHold>(line) ? 1 : 0;
    verified_.events += std::holds_alternative<journals::NativeEvent>(line) ? 1 : 0;
  }

  void refused(const Refused& refused) {
    const bool unreadable = refused.refusal() == Refusal::import_unreadable;
    flaws_.add(unreadable ? Finding::export_unreadable : Finding::export_contradicts, std::nullopt,
               refused.detail());
  }

  VerifiedNode told() {
    for (const KnownHash& known : options_.known) {
      if (known.node != verified_.name || known.number <= verified_.entries) continue;
      flaws_.add_entry(Finding::proof_contradicts, known.number, "is missing, but its hash was kept outside");
    }
    verified_.key_ids.assign(key_ids_.begin(), key_ids_.end());
    verified_.flaws = flaws_.kept();
    verified_.flaw_count = flaws_.count();
    return std::move(verified_);
  }

  void tell_progress() const {
    if (options_.on_progress) options_.on_progress({verified_.name, verified_.entries, entries_total_});
  }

 private:
  void take_entry(const books::Entry& entry) {
    verified_.entries = entry.number.number();
    verified_.postings += static_cast<std::int64_t>(entry.postings.size());
    verified_.last_hash = hex_of(entry.hash);
    for (const KnownHash& known : options_.known) {
      if (known.node != verified_.name || known.number != verified_.entries || known.hash == entry.hash)
        continue;
      flaws_.add_entry(Finding::proof_contradicts, known.number,
                       "has another hash than the one that was kept outside: entries up to it were changed");
    }
  }

  void take_checkpoint(const journals::NativeCheckpoint& line) {
    ++verified_.checkpoints;
    verified_.checkpoint_entry = line.entry;
    key_ids_.insert(line.key_id);
    const std::string name = "the checkpoint of entry " + std::to_string(line.entry);
    const bool genuine =
        is_genuine({verified_.name, EntryNumber{line.entry}, line.hash, line.made_at, line.key_id,
                    public_key_from_hex(line.public_key), signature_from_hex(line.signature)});
    const auto& trusted = options_.trusted_keys;
    if (!genuine) {
      flaws_.add(Finding::checkpoint_forged, line.entry, name + " is not rightly signed");
    } else if (!trusted.empty() && std::find(trusted.begin(), trusted.end(), line.key_id) == trusted.end()) {
      flaws_.add(Finding::checkpoint_key_unknown, line.entry,
                 name + " is signed by the key " + line.key_id + ", which is not trusted");
    }
  }

  const VerifyOptions& options_;
  VerifiedNode verified_;
  std::set<std::string> key_ids_;
  std::int64_t entries_total_ = 0;
  Flaws flaws_;
};

// Reads to the end, or to the first line that is refused. False if it was asked to stop.
bool read_lines(journals::NativeReader& reader, ExportCheck& check, const std::stop_token& stop) {
  try {
    for (auto line = reader.next(); line; line = reader.next()) {
      check.take(*line);
      if (reader.line_number() % lines_between_looks != 0) continue;
      check.tell_progress();
      if (stop.stop_requested()) return false;
    }
  } catch (const Refused& refused) {
    check.refused(refused);
  }
  return true;
}

}  // namespace

Verified verify_export(const std::filesystem::path& file, const VerifyOptions& options) {
  std::ifstream in{file, std::ios::binary};
  if (!in) throw Refused{Refusal::import_unreadable, "the file " + file.string() + " cannot be opened"};
  journals::NativeReader reader{in};
  ExportCheck check{options};
  Verified verified;
  verified.cancelled = !read_lines(reader, check, options.stop);
  verified.nodes.push_back(check.told());
  return verified;
}

}  // namespace coop::proof
