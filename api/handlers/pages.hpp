#pragma once
#include <string>
#include <string_view>

#include "api/answer.hpp"
#include "api/call.hpp"

namespace coop::api {

/// True if a browser asks: its Accept header names text/html.
bool wants_page(const Call& call);

/// A page for a browser: `body` is HTML, `title` plain text.
Answer page(std::string_view title, std::string_view body);

/// The answer, which is another one for browsers: caches are told.
Answer varying(Answer answer);

}  // namespace coop::api
