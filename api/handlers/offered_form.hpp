#pragma once
#include <span>
#include <string_view>

#include "api/call.hpp"

namespace coop::api {

/// A form in which an answer is offered: its word in ?format= and its media type.
struct OfferedForm {
  std::string_view word;
  std::string_view media_type;
};

/// The one that ?format= asks for, else the first whose media type the Accept header names, else the first.
/// Throws Refused: field_invalid.
const OfferedForm& asked_form(const Call& call, std::span<const OfferedForm> offered);

}  // namespace coop::api
