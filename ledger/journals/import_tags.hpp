#pragma once
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/books/dimension.hpp"
#include "ledger/journals/hledger_entry.hpp"

namespace coop::journals {

/// Dimensions by kind and code.
using Dimensions = std::set<std::pair<books::DimensionKind, std::string>>;

/// What tags fund, member, cost_object and tax_code say; tags without a value say nothing.
struct TaggedCodes {
  books::DimensionCodes codes;          ///< the first code of each kind
  std::vector<HledgerTag> passed_over;  ///< another code of the same kind
  std::vector<HledgerTag> no_codes;     ///< whose value is no code of a dimension
  std::vector<HledgerTag> unknown;      ///< a code that `known` does not have
};
/// In the order of the tags. Without `known` every code counts.
TaggedCodes tagged_codes_of(const std::vector<HledgerTag>& tags, const Dimensions* known = nullptr);

/// True for a line of a comment that says nothing but codes which are taken: "fund:media, member:M1".
bool says_only(std::string_view line, const books::DimensionCodes& taken);

/// True if the posting says the tag itself, false if it has it from its account's declaration.
bool is_own_tag(const HledgerPosting& posting, const HledgerTag& tag);

/// "fund:media", cut where a value is long.
std::string told_tag(const HledgerTag& tag);

}  // namespace coop::journals
