#include "api/handlers/offered_form.hpp"

namespace coop::api {

const OfferedForm& asked_form(const Call& call, std::span<const OfferedForm> offered) {
  if (const auto word = call.query("format")) {
    std::string names;
    for (const OfferedForm& form : offered) {
      if (form.word == *word) return form;
      (names += ' ') += form.word;
    }
    throw Refused{Refusal::field_invalid, "one of these is expected:" + names, "?format"};
  }
  const std::string_view accept = call.request.header("accept").value_or(std::string_view{});
  for (const OfferedForm& form : offered)
    if (accept.find(form.media_type) != std::string_view::npos) return form;
  return offered.front();
}

}  // namespace coop::api
