#pragma once
#include <string>

namespace coop::api {

/// What a file holds, or standard input where the path is "-": a request as the API takes it, as JSON.
/// Throws Refused: import_unreadable, if the file cannot be read.
std::string json_file_text(const std::string& path);

}  // namespace coop::api
