#include "api/verified_text.hpp"

#include <algorithm>

#include "api/json_writer.hpp"

namespace coop::api {

namespace {

std::string counted(std::int64_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string checkpoint_text(const proof::VerifiedNode& node) {
  if (node.checkpoints == 0) return "no checkpoint yet";
  std::string text = "signed up to entry " + std::to_string(node.checkpoint_entry) + " by";
  for (const std::string& key : node.key_ids) text += " " + key;
  return text;
}

std::string flaw_line(const proof::Flaw& flaw) {
  return "  " + std::string{proof::text_of(flaw.finding)} + ": " + flaw.text + "\n";
}

std::string node_text(const proof::VerifiedNode& node) {
  std::string text = node.name + ": " + counted(node.entries, "entry", "entries") + ", " +
                     counted(node.postings, "posting", "postings") + ", " +
                     counted(node.holds, "hold", "holds") + ", " + checkpoint_text(node) + ", ";
  if (node.flaw_count == 0) return text + "sound\n  last hash " + node.last_hash + "\n";
  text += "NOT SOUND\n";
  for (const proof::Flaw& flaw : node.flaws) text += flaw_line(flaw);
  const auto more = node.flaw_count - static_cast<std::int64_t>(node.flaws.size());
  if (more > 0) text += "  and " + std::to_string(more) + " more\n";
  return text;
}

void append_flaws(JsonWriter& json, const std::vector<proof::Flaw>& flaws) {
  json.array("findings");
  for (const proof::Flaw& flaw : flaws) {
    json.open()
        .field("finding", proof::text_of(flaw.finding))
        .field("entry", flaw.entry)
        .field("text", flaw.text)
        .close();
  }
  json.end_array();
}

}  // namespace

std::string text_of(const proof::Verified& verified) {
  std::string text;
  for (const proof::VerifiedNode& node : verified.nodes) text += node_text(node);
  if (!verified.flaws.empty()) text += "the database: NOT SOUND\n";
  for (const proof::Flaw& flaw : verified.flaws) text += flaw_line(flaw);
  if (verified.cancelled) text += "stopped before the end\n";
  return text;
}

std::string verdict_text(const proof::Verified& verified, std::chrono::milliseconds taken) {
  std::int64_t entries = 0;
  std::int64_t postings = 0;
  for (const proof::VerifiedNode& node : verified.nodes) {
    entries += node.entries;
    postings += node.postings;
  }
  const std::int64_t took_ms = std::max<std::int64_t>(taken.count(), 1);
  const std::string speed = counted(static_cast<std::int64_t>(verified.nodes.size()), "node", "nodes") +
                            ", " + counted(entries, "entry", "entries") + " and " +
                            counted(postings, "posting", "postings") + " read in " +
                            std::to_string(took_ms / 1'000) + "." + std::to_string(took_ms % 1'000 / 100) +
                            " s (" + std::to_string(postings * 1'000 / took_ms) + " postings a second)";
  if (verified.is_clean()) return "Sound: " + speed + ".";
  const std::string first = verified.first_flaw();
  return (first.empty() ? "Not finished: " : "NOT SOUND. The first thing that is wrong: " + first + "\n") +
         speed + ".";
}

std::string json_of(const proof::Verified& verified) {
  JsonWriter json;
  json.open().field("sound", verified.is_clean()).field("cancelled", verified.cancelled).array("nodes");
  for (const proof::VerifiedNode& node : verified.nodes) {
    json.open()
        .field("node", node.name)
        .field("sound", node.flaw_count == 0)
        .field("entries", node.entries)
        .field("postings", node.postings)
        .field("holds", node.holds)
        .field("events", node.events)
        .field("checkpoints", node.checkpoints)
        .field("checkpoint_entry", node.checkpoint_entry)
        .field("last_hash", node.last_hash)
        .array("key_ids");
    for (const std::string& key : node.key_ids) json.value(key);
    json.end_array().field("findings_total", node.flaw_count);
    append_flaws(json, node.flaws);
    json.close();
  }
  json.end_array();
  append_flaws(json, verified.flaws);
  json.close();
  return json.take();
}

}  // namespace coop::api
