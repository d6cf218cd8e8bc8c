#pragma once
#include <string>

namespace CLI {
class App;
}

namespace coop::api {

/// Every command of the program with its subcommands, what each takes, and examples, as Markdown.
std::string commands_page(const CLI::App& program);

}  // namespace coop::api
