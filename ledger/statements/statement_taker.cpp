#include "ledger/statements/statement_taker.hpp"

#include <cstddef>

namespace coop::statements {

ReadFile handed_on(ReadFile&& file, StatementTaker& taker) {
  for (Statement& statement : file.statements) {
    std::vector<Line> lines = std::exchange(statement.lines, {});
    taker.begin(statement);
    for (Line& line : lines) taker.take(std::move(line));
    taker.end(statement);
  }
  return std::move(file);
}

void FileKeeper::finish(const ReadFile& file) {
  ReadFile& kept = files_.emplace_back(file);
  for (std::size_t i = 0; i < lines_.size(); ++i) kept.statements[i].lines = std::move(lines_[i]);
  lines_.clear();
}

ReadFile whole_file(std::string_view bytes, ReadFile (*read)(std::string_view bytes, StatementTaker& taker)) {
  FileKeeper keeper;
  keeper.finish(read(bytes, keeper));
  return std::move(keeper).take().front();
}

}  // namespace coop::statements
