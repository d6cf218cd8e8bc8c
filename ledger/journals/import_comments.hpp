#pragma once
#include <string>
#include <string_view>

#include "ledger/books/dimension.hpp"
#include "ledger/journals/hledger_entry.hpp"

namespace coop::journals {

/// What the comments of an entry say, as our books keep it.
struct ImportedTexts {
  std::string description;
  std::string reference;
  std::string source;
  std::string note;  ///< of the entry: what no other field takes
};
/// The texts of an entry. In a journal that our own export wrote they are what they were before; in any other
/// the code is the reference, the source is the file and line, and the comment is the note, without lines
/// that say nothing but codes which its postings took.
ImportedTexts texts_of(const HledgerEntry& entry, const books::DimensionCodes& taken = {});

/// What a posting's comment and tags say.
struct ImportedComment {
  books::DimensionCodes about;  ///< the first code of each kind
  std::string note;             ///< what the comment says beside them
};
/// What a posting says about itself in comments and tags.
ImportedComment comment_of(const HledgerPosting& posting);

/// The first `most` bytes of a text, whole letters only.
std::string shortened(std::string_view text, std::size_t most);

}  // namespace coop::journals
