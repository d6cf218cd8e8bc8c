#pragma once
#include <initializer_list>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace coop::statements {

/// An element of an XML document. It may be none; none has no children and no text.
using Element = pugi::xml_node;

/// The element's name without prefix: "Ntry" of "ns2:Ntry".
std::string_view local_name(Element element);
/// True if the element's name is `name`, whatever prefix it has.
bool is_named(Element element, std::string_view name);
/// The first child of that name, or none.
Element child(Element parent, std::string_view name);
/// The first child of the first of these names that there is.
Element child(Element parent, std::initializer_list<std::string_view> names);
/// The children of an element with their names, read once: for elements of which much is asked.
class Children {
 public:
  explicit Children(Element parent);
  /// In their order.
  auto begin() const { return all_.begin(); }
  auto end() const { return all_.end(); }

  struct Child {
    std::string_view name;  ///< without prefix
    Element element;
  };

 private:
  std::vector<Child> all_;
};
/// The first of these children of that name, or none.
Element child(const Children& children, std::string_view name);

/// The element reached by going from name to name, or none.
Element inner(Element from, std::initializer_list<std::string_view> path);

/// The text of an element, in one piece, as it stands in the file.
std::string whole_text(Element element);
/// The same without blanks around it; white space with line breaks in it is one blank.
std::string text_of(Element element);
/// The text reached by going from name to name; empty if there is no such element.
std::string text_at(Element from, std::initializer_list<std::string_view> path);
/// The text with white space that breaks lines made one blank, or nothing at its ends: what indentation adds.
std::string without_indentation(std::string text);

}  // namespace coop::statements
