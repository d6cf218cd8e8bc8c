#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "ledger/books/account.hpp"
#include "ledger/values/day.hpp"
#include "reports/extent.hpp"

namespace coop::reports {

/// What a column's cells hold.
enum class ColumnKind { text, number, day, instant, amount };

/// A column: its name for programs, its title for people.
struct Column {
  std::string name;
  std::string title;
  ColumnKind kind;
  int most_letters = 0;  ///< text shown to people is cut after so many letters; 0: never
  bool shown = true;     ///< false: left out of the text for people
  bool once = false;     ///< text for people leaves it blank where all such columns repeat the row above
};

/// An amount in a cell.
struct Amount {
  std::int64_t minor;
  int scale;
  std::string unit;
};

/// What stands in a cell; nothing where empty.
using Cell = std::variant<std::monostate, std::string, std::int64_t, Day, Instant, Amount>;
/// A text as a cell; an empty one is none.
Cell text_or_none(std::string text);

/// What a row is to the rows around it. A proof shows that the figures are whole: its amounts are zero.
enum class RowKind { heading, line, subtotal, total, proof };
/// "heading" …
std::string_view text_of(RowKind kind);

/// A row: one cell a column. The level says how deep it stands below its headings, from 0. A heading has
/// words instead of cells.
struct TableRow {
  RowKind kind;
  int level;
  std::vector<Cell> cells;
  std::string words = {};
};
/// A heading.
TableRow heading_row(int level, const std::string& words);

/// Something said about the table as a whole: the node, the day, the meaning of signs.
struct Fact {
  std::string name;
  std::string title;
  Cell value;
};

/// A report in the form that every writer takes. Columns of amounts come with a column "unit".
struct Table {
  std::string name;   ///< for programs: "trial_balance"
  std::string title;  ///< for people: "Trial balance"
  std::vector<Fact> facts;
  std::vector<Column> columns;
  std::vector<TableRow> rows;
  std::optional<std::string> next;  ///< cursor of the next page
};

/// Facts that tell the viewpoint; "as_of" and "known_at" only where they are given.
void add_viewpoint(Table& table, const Viewpoint& viewpoint);
/// The fact that tells the meaning of signs.
void add_signs(Table& table, const std::string& signs);

/// `minor`, debit positive, with the sign that a reader expects for an account of this type.
std::int64_t reader_sign(std::int64_t minor, books::AccountType type);

/// {"report", "title", "facts", "columns", "rows": [{"kind", "level", "cells": {…} or "words"}], "next"}:
/// amounts as decimal text with their unit, days and instants as ISO 8601 text, empty cells null.
std::string json_text(const Table& table);

/// Comma-separated values for programs (RFC 4180): a header of names, then the columns "row" and "level" and
/// the cells. Decimal dots, ISO days; text that a spreadsheet would take for a formula begins with an
/// apostrophe. Headings are left out: the columns say the same. Without the header the rows continue an
/// earlier page.
std::string csv_text(const Table& table, bool with_header = true);

/// Aligned text for a terminal, as a person reads it; no control characters whatever the cells hold.
std::string plain_text(const Table& table);

}  // namespace coop::reports
