#include <boost/json.hpp>

#include "ledger/books/chain.hpp"
#include "ledger/proof/proof.hpp"
#include "ledger/values/hex_text.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::proof {

namespace {

namespace json = boost::json;

constexpr std::string_view format = "coopledger-proof-1";

std::string quoted(std::string_view text) { return json::serialize(json::string{text}); }

std::string_view view_of(const auto& array) {
  return {reinterpret_cast<const char*>(array.data()), array.size()};
}

void append_member(std::string& out, std::string_view name, std::string_view value) {
  out += '"';
  out += name;
  out += "\": ";
  out += quoted(value);
}

// An object whose members are all asked for, once each; what was not asked for is refused at the end.
class Members {
 public:
  Members(const json::value& value, std::string place) : place_{std::move(place)} {
    if (!value.is_object()) throw Refused{Refusal::field_invalid, "an object belongs here", place_};
    object_ = &value.as_object();
  }
  const json::value& value(const char* name) {
    ++asked_;
    const json::value* found = object_->if_contains(name);
    if (found == nullptr)
      throw Refused{Refusal::field_missing, std::string{"'"} + name + "' is missing", below(name)};
    return *found;
  }
  std::string text(const char* name) {
    const json::value& found = value(name);
    if (!found.is_string()) throw Refused{Refusal::field_invalid, "a text belongs here", below(name)};
    return std::string{found.as_string()};
  }
  std::int64_t number(const char* name) {
    const json::value& found = value(name);
    if (!found.is_int64()) throw Refused{Refusal::field_invalid, "a whole number belongs here", below(name)};
    return found.as_int64();
  }
  bool has(const char* name) const { return object_->contains(name); }
  std::string below(std::string_view name) const { return place_ + "/" + std::string{name}; }
  void finish() const {
    if (object_->size() == asked_) return;
    throw Refused{Refusal::field_unknown, "there are members that do not belong here", place_};
  }

 private:
  std::string place_;
  const json::object* object_;
  std::size_t asked_ = 0;
};

ProofLink link_from(const json::value& value, std::string place) {
  Members members{value, std::move(place)};
  ProofLink link{std::nullopt, {}};
  if (members.has("text")) {
    link.text = members.text("text");
    link.digest = sha256_of(*link.text);
  } else {
    link.digest = hash_from_hex(members.text("digest"));
  }
  members.finish();
  return link;
}

Checkpoint checkpoint_from(const json::value& value, const std::string& node) {
  Members members{value, "/checkpoint"};
  Checkpoint checkpoint{node,
                        EntryNumber{members.number("number")},
                        hash_from_hex(members.text("hash")),
                        instant_from_text(members.text("made_at")),
                        members.text("key_id"),
                        public_key_from_hex(members.text("public_key")),
                        signature_from_hex(members.text("signature"))};
  members.finish();
  return checkpoint;
}

json::value parsed(std::string_view text) {
  boost::system::error_code error;
  json::value value = json::parse(text, error);
  if (error) throw Refused{Refusal::malformed_json, "the proof is not JSON: " + error.message()};
  return value;
}

}  // namespace

std::string json_begin_of(const Proof& proof) {
  std::string out{"{\n"};
  append_member(out, "format", format);
  out += ",\n";
  append_member(out, "node", proof.node);
  out += ",\n\"first\": " + std::to_string(proof.first) + ",\n";
  append_member(out, "previous_hash", hex_of(proof.previous_hash));
  return out + ",\n\"links\": [";
}

std::string json_of(const ProofLink& link, bool is_first) {
  std::string out{is_first ? "\n{" : ",\n{"};
  if (link.text) append_member(out, "text", *link.text);
  else append_member(out, "digest", hex_of(link.digest));
  return out + '}';
}

std::string json_end_of(const Proof& proof) {
  const Checkpoint& checkpoint = proof.checkpoint;
  std::string out = "\n],\n\"checkpoint\": {\"number\": " + std::to_string(checkpoint.number.number()) + ", ";
  append_member(out, "hash", hex_of(checkpoint.hash));
  out += ",\n";
  append_member(out, "made_at", coop::text_of(checkpoint.made_at));
  out += ", ";
  append_member(out, "key_id", checkpoint.key_id);
  out += ",\n";
  append_member(out, "public_key", hex_text(view_of(checkpoint.public_key)));
  out += ",\n";
  append_member(out, "signature", hex_text(view_of(checkpoint.signature)));
  return out + "}\n}\n";
}

std::string json_of(const Proof& proof) {
  std::string out = json_begin_of(proof);
  for (const ProofLink& link : proof.links) out += json_of(link, &link == proof.links.data());
  return out + json_end_of(proof);
}

Proof proof_from_json(std::string_view text) {
  const json::value value = parsed(text);
  Members members{value, ""};
  if (members.text("format") != format) {
    throw Refused{Refusal::field_invalid, "this is not a proof of the form " + std::string{format},
                  "/format"};
  }
  const std::string node = members.text("node");
  Proof proof{node,
              members.number("first"),
              hash_from_hex(members.text("previous_hash")),
              {},
              checkpoint_from(members.value("checkpoint"), node)};
  const json::value& links = members.value("links");
  if (!links.is_array()) throw Refused{Refusal::field_invalid, "a list belongs here", "/links"};
  proof.links.reserve(links.as_array().size());
  for (const json::value& link : links.as_array()) {
    proof.links.push_back(link_from(link, "/links/" + std::to_string(proof.links.size())));
  }
  members.finish();
  return proof;
}

}  // namespace coop::proof
