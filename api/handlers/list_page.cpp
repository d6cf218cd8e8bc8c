#include "api/handlers/list_page.hpp"

namespace coop::api {

std::string text_before(const Call& call, const Page& page) {
  return page.cursor ? OpenedCursor{call.list_name(), *page.cursor}.string() : std::string{};
}

std::optional<int> int_before(const Call& call, const Page& page) {
  if (!page.cursor) return std::nullopt;
  return static_cast<int>(OpenedCursor{call.list_name(), *page.cursor}.number());
}

}  // namespace coop::api
