#include "ledger/values/money.hpp"
#include "reports/table.hpp"

namespace coop::reports {

namespace {

// A letter begins at every byte that does not continue one (UTF-8).
bool begins_letter(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }

std::size_t letters_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_letter));
}

// A terminal obeys control characters, C1 ones in UTF-8 too: they become blanks.
std::string printable(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool c1 = byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if (c1) ++i;
    out += c1 || byte < 0x20 || byte == 0x7F ? ' ' : text[i];
  }
  return out;
}

std::string cut(std::string text, int most_letters) {
  if (most_letters <= 0 || letters_of(text) <= static_cast<std::size_t>(most_letters)) return text;
  std::size_t end = 0;
  for (int letters = 0; end < text.size(); ++end) {
    if (begins_letter(text[end]) && ++letters == most_letters) break;
  }
  return text.substr(0, end) + "…";
}

// "1234567.80" is read more easily as "1 234 567.80".
std::string grouped(std::string text) {
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  const std::size_t dot = std::min(text.find('.'), text.size());
  for (std::size_t at = dot; at > first + 3; at -= 3) text.insert(at - 3, 1, ' ');
  return text;
}

// A moment to the second: nobody reads microseconds.
std::string moment(Instant instant) {
  std::string text = coop::text_of(instant);
  text[10] = ' ';
  return text.substr(0, 19) + "Z";
}

// Writes a cell as a person reads it.
struct PlainCell {
  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(const std::string& text) const { return printable(text); }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(Day day) const { return day.text(); }
  std::string operator()(Instant instant) const { return moment(instant); }
  std::string operator()(const Amount& amount) const {
    return grouped(text_from_minor(amount.minor, amount.scale));
  }
};

bool is_right_aligned(const Column& column) {
  return column.kind == ColumnKind::amount || column.kind == ColumnKind::number;
}

using Texts = std::vector<std::string>;

// Programs get every column; people get those with something in them.
std::vector<std::size_t> shown_columns(const Table& table) {
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const auto is_filled = [&](const TableRow& row) {
      return row.kind != RowKind::heading && !std::visit(PlainCell{}, row.cells.at(i)).empty();
    };
    const bool empty = std::none_of(table.rows.begin(), table.rows.end(), is_filled);
    if (table.columns[i].shown && !(empty && table.columns[i].kind == ColumnKind::text)) shown.push_back(i);
  }
  return shown;
}

// The row's shown cells as text; the first is moved in by the row's level.
Texts texts_of(const Table& table, const std::vector<std::size_t>& shown, const TableRow& row) {
  Texts texts;
  if (row.kind == RowKind::heading) return texts;
  for (const std::size_t i : shown) {
    std::string text = cut(std::visit(PlainCell{}, row.cells.at(i)), table.columns[i].most_letters);
    if (texts.empty()) text.insert(0, static_cast<std::size_t>(row.level) * 2, ' ');
    texts.push_back(std::move(text));
  }
  return texts;
}

class Sheet {
 public:
  explicit Sheet(const Table& table) : table_{table} {
    const std::vector<std::size_t> shown = shown_columns(table);
    for (const std::size_t i : shown) {
      columns_.push_back(&table.columns[i]);
      widths_.push_back(letters_of(table.columns[i].title));
    }
    for (const TableRow& row : table.rows) {
      texts_.push_back(texts_of(table, shown, row));
      for (std::size_t i = 0; i < texts_.back().size(); ++i) {
        widths_[i] = std::max(widths_[i], letters_of(texts_.back()[i]));
      }
    }
  }

  std::string text() {
    out_ = printable(table_.title) + "\n";
    for (const Fact& fact : table_.facts) {
      out_ += printable(fact.title) + ": " + std::visit(PlainCell{}, fact.value) + "\n";
    }
    out_ += "\n";
    if (table_.rows.empty()) out_ += "Nothing was found.\n";
    else append_rows();
    if (table_.next) out_ += "\nMore follows: ask again with cursor=" + *table_.next + "\n";
    return std::move(out_);
  }

 private:
  void append_rows() {
    Texts titles;
    for (const Column* column : columns_) titles.push_back(column->title);
    append_row(titles);
    append_rule([](const Column&) { return true; });
    for (std::size_t i = 0; i < texts_.size(); ++i) append(i);
  }

  // True if every column that is shown once says what the row above says.
  bool repeats(std::size_t index) const {
    if (index == 0 || table_.rows[index - 1].kind != table_.rows[index].kind) return false;
    bool any = false;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (!columns_[i]->once) continue;
      if (texts_[index][i] != texts_[index - 1][i]) return false;
      any = true;
    }
    return any;
  }

  Texts without_repeats(std::size_t index) const {
    Texts texts = texts_[index];
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i]->once) texts[i].clear();
    }
    return texts;
  }

  void append(std::size_t index) {
    const TableRow& row = table_.rows[index];
    const bool first = index == 0;
    if (row.kind == RowKind::heading && !first && table_.rows[index - 1].kind != RowKind::heading)
      out_ += "\n";
    if (row.kind == RowKind::total && !first && table_.rows[index - 1].kind != RowKind::total) {
      append_rule([](const Column& column) { return column.kind == ColumnKind::amount; });
    }
    if (row.kind == RowKind::heading) {
      out_ += std::string(static_cast<std::size_t>(row.level) * 2, ' ') + printable(row.words) + "\n";
      return;
    }
    append_row(repeats(index) ? without_repeats(index) : texts_[index]);
  }

  void append_row(const Texts& texts) {
    std::string line;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const std::size_t letters = letters_of(texts[i]);
      const std::string blanks(widths_[i] > letters ? widths_[i] - letters : 0, ' ');
      if (i > 0) line += "  ";
      line += is_right_aligned(*columns_[i]) ? blanks + texts[i] : texts[i] + blanks;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out_ += line + "\n";
  }

  template <class Ruled>
  void append_rule(Ruled ruled) {
    Texts rules;
    for (std::size_t i = 0; i < widths_.size(); ++i) {
      rules.emplace_back(ruled(*columns_[i]) ? widths_[i] : 0, '-');
    }
    append_row(rules);
  }

  const Table& table_;
  std::vector<const Column*> columns_;
  std::vector<std::size_t> widths_;
  std::vector<Texts> texts_;
  std::string out_;
};

}  // namespace

std::string plain_text(const Table& table) { return Sheet{table}.text(); }

}  // namespace coop::reports
