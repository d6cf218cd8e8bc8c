#pragma once
#include <chrono>
#include <string>

#include "ledger/proof/verify_service.hpp"

namespace coop::api {

/// What verification found, for people: a line a node, its flaws below.
std::string text_of(const proof::Verified& verified);
/// The last line: sound or not, the first thing that is wrong, what was read in which time and how fast.
std::string verdict_text(const proof::Verified& verified, std::chrono::milliseconds taken);
/// The same as one JSON object.
std::string json_of(const proof::Verified& verified);

}  // namespace coop::api
