#pragma once
#include <string>
#include <vector>

namespace coop::api {

/// Rows of equally many texts in columns, two blanks between, a line each; columns without any text are left
/// out.
std::string aligned_columns(const std::vector<std::vector<std::string>>& rows);

}  // namespace coop::api
