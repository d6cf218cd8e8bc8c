#pragma once
#include <cstddef>
#include <deque>
#include <initializer_list>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace coop::statements {

/// The name of a node of a parsed document without prefix: "Ntry" of "ns2:Ntry". Empty for a text.
std::string_view local_name(pugi::xml_node node);

/// An element as Elements keeps it, with all elements that stand in it right behind it.
struct KeptElement {
  std::string_view name;   ///< without prefix
  std::string_view text;   ///< all texts that stand in it and in no element in it, as they are in the file
  std::size_t span;        ///< how many elements it is, with itself and all that stand in it
  pugi::xml_node written;  ///< what it was read from
};

/// An element of Elements, for as long as these live. It may be none; none has no name, no children and no
/// text.
class Element {
 public:
  /// Goes through the elements that stand in one, in their order.
  class Iterator {
   public:
    explicit Iterator(const KeptElement* at) : at_{at} {}
    Element operator*() const { return Element{at_}; }
    Iterator& operator++() {
      at_ += at_->span;
      return *this;
    }
    bool operator==(const Iterator& other) const = default;

   private:
    const KeptElement* at_;
  };

  Element() = default;
  explicit Element(const KeptElement* kept) : kept_{kept} {}

  explicit operator bool() const { return kept_ != nullptr; }
  std::string_view name() const { return kept_ ? kept_->name : std::string_view{}; }
  /// Its text in one piece, as it stands in the file.
  std::string_view whole_text() const { return kept_ ? kept_->text : std::string_view{}; }
  /// The attribute's value; empty if there is none of that name.
  std::string_view attribute(const char* attribute_name) const;
  /// What it was read from; none of none.
  pugi::xml_node written() const { return kept_ ? kept_->written : pugi::xml_node{}; }

  /// The elements that stand in it.
  Iterator begin() const { return Iterator{kept_ ? kept_ + 1 : nullptr}; }
  Iterator end() const { return Iterator{kept_ ? kept_ + kept_->span : nullptr}; }

 private:
  const KeptElement* kept_ = nullptr;
};

/// A part of a document, gone through once: for parts of which much is asked, as each step in a parsed
/// document costs a call. The document must live as long, and be no deeper than most_xml_depth.
class Elements {
 public:
  /// The payments of a batch are kept one at a time: of TxDtls in `root` nothing is kept but that it is
  /// there.
  static constexpr std::string_view kept_apart = "TxDtls";

  /// Keeps this node and what stands in it, and nothing else any more.
  Element keep(pugi::xml_node root);
  /// The same of these nodes, as if they stood in one element.
  Element keep(const std::vector<pugi::xml_node>& children);

 private:
  void clear();
  void add(pugi::xml_node node, std::string_view name);

  std::vector<KeptElement> all_;
  std::deque<std::string> joined_texts_;
};

/// The first child of that name, or none.
Element child(Element parent, std::string_view name);
/// The first child of the first of these names that there is.
Element child(Element parent, std::initializer_list<std::string_view> names);
/// The element reached by going from name to name, or none.
Element inner(Element from, std::initializer_list<std::string_view> path);

/// The text of an element without blanks around it; white space with line breaks in it is one blank.
std::string text_of(Element element);
/// True if that text is this word.
bool says(Element element, std::string_view word);
/// The text reached by going from name to name; empty if there is no such element.
std::string text_at(Element from, std::initializer_list<std::string_view> path);
/// The text with white space that breaks lines made one blank, or nothing at its ends: what indentation adds.
std::string without_indentation(std::string_view text);

}  // namespace coop::statements
