#include "ledger/statements/qif_records.hpp"

#include <algorithm>
#include <array>

namespace coop::statements {

namespace {

constexpr std::array<std::string_view, 6> account_types{"BANK", "CASH", "CCARD", "OTH A", "OTH L", "OTH S"};

/// What kind of records stands under a header.
enum class Section { none, records, accounts };

/// Goes through the lines once.
class QifSplitter {
 public:
  explicit QifSplitter(std::size_t most_records) : most_records_{most_records} {}

  void take(const SourceLine& line) {
    const std::string_view text = trimmed(line.text);
    if (text.starts_with('!')) {
      end_record();
      begin_section(text.substr(1));
    } else if (text == "^") {
      end_record();
    } else if (section_ == Section::accounts) {
      if (text.starts_with('N')) account_ = one_line(text.substr(1));
    } else if (section_ == Section::records && !text.empty()) {
      take_field(line, text);
    }
  }

  std::vector<QifBlock> blocks() && {
    end_record();
    return std::move(blocks_);
  }

 private:
  void begin_section(std::string_view header) {
    const std::string name = in_capitals(one_line(header));
    if (name.starts_with("ACCOUNT")) {
      section_ = Section::accounts;
    } else if (name.starts_with("TYPE")) {
      const std::size_t colon = name.find(':');
      const std::string type = one_line(colon == std::string::npos ? "" : name.substr(colon + 1));
      const bool is_account = std::ranges::find(account_types, type) != account_types.end();
      section_ = is_account ? Section::records : Section::none;
      if (is_account) begin_block(type);
    } else if (!name.starts_with("OPTION") && !name.starts_with("CLEAR")) {
      section_ = Section::none;
    }
  }

  void begin_block(const std::string& type) {
    if (!blocks_.empty() && blocks_.back().type == type && blocks_.back().account == account_) return;
    blocks_.push_back({type, account_, {}});
  }

  void take_field(const SourceLine& line, std::string_view text) {
    if (record_.line == 0) {
      record_.line = line.number;
      count(line);
    }
    (record_.raw += line.text) += '\n';
    const SourceLine value{line.number, trimmed(text.substr(1))};
    const auto fill = [&value](SourceLine& place) {
      if (place.number == 0) place = value;
    };
    switch (text.front()) {
      case 'D':
        return fill(record_.day);
      case 'T':
        return fill(record_.amount);
      case 'U':
        return fill(record_.second_amount);
      case 'P':
        return add_words(record_.payee, value.text);
      case 'M':
        return add_words(record_.memo, value.text);
      case 'N':
        return add_words(record_.number, value.text);
      case 'L':
        return add_words(record_.category, value.text);
      default:
        return take_split(text.front(), value);
    }
  }

  // S begins a split; E is its memo, $ its amount.
  void take_split(char letter, const SourceLine& value) {
    if (letter == 'S') {
      count(value);
      record_.splits.push_back({one_line(value.text), {}, {}});
    } else if (!record_.splits.empty() && letter == 'E') {
      add_words(record_.splits.back().memo, value.text);
    } else if (!record_.splits.empty() && letter == '$') {
      record_.splits.back().amount = value;
    }
  }

  void count(const SourceLine& line) {
    if (++count_ > most_records_)
      refuse_unreadable(place_of(line.number), "more records than are read at once");
  }

  void end_record() {
    if (record_.line != 0) {
      record_.raw.pop_back();
      blocks_.back().records.push_back(std::move(record_));
    }
    record_ = {};
  }

  std::size_t most_records_;
  std::size_t count_ = 0;
  Section section_ = Section::none;
  std::string account_;
  QifRecord record_;
  std::vector<QifBlock> blocks_;
};

}  // namespace

std::vector<QifBlock> qif_blocks(const std::vector<SourceLine>& lines, std::size_t most_records) {
  QifSplitter splitter{most_records};
  for (const SourceLine& line : lines) splitter.take(line);
  return std::move(splitter).blocks();
}

}  // namespace coop::statements
