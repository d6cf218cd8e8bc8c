#pragma once
#include <string_view>
#include <vector>

#include "api/json_writer.hpp"
#include "ledger/books/entry.hpp"

namespace coop::api {

/// Writes the field "postings":
/// [{"line","account","amount","unit","fund","member","cost_object","tax_code","note"}]; what a line does not
/// carry is left out.
void write_postings(JsonWriter& out, const std::vector<books::Posting>& postings);

/// Writes a recorded entry, complete.
void write_entry(JsonWriter& out, std::string_view node, const books::Entry& entry);

}  // namespace coop::api
