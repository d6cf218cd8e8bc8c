# Turns docs/api/openapi.yaml into a generated C++ file, so that the program serves the document it was built with.
# Included by CMakeLists.txt, and run by it as a script with -DOUT and -DFILE.
if(CMAKE_SCRIPT_MODE_FILE)
  file(READ ${FILE} yaml)
  string(LENGTH "${yaml}" length)
  set(text "#include \"api/openapi.hpp\"\n\nnamespace coop::api {\n\nnamespace {\nconstexpr char yaml[] =\n")
  # In pieces: compilers limit the length of one raw string, and how far they count when they compile.
  set(at 0)
  while(at LESS length)
    string(SUBSTRING "${yaml}" ${at} 8000 piece)
    string(APPEND text "R\"coopyaml(${piece})coopyaml\"\n")
    math(EXPR at "${at} + 8000")
  endwhile()
  string(APPEND text ";\n}  // namespace\n\nstd::string_view openapi_yaml() { return {yaml, sizeof yaml - 1}; }\n\n}  // namespace coop::api\n")
  file(WRITE ${OUT} "${text}")
else()
  set(COOP_EMBEDDED_OPENAPI ${CMAKE_BINARY_DIR}/generated/embedded_openapi.cpp)
  add_custom_command(
    OUTPUT ${COOP_EMBEDDED_OPENAPI}
    COMMAND ${CMAKE_COMMAND} "-DOUT=${COOP_EMBEDDED_OPENAPI}" "-DFILE=${CMAKE_SOURCE_DIR}/docs/api/openapi.yaml"
            -P ${CMAKE_SOURCE_DIR}/api/embed_openapi.cmake
    DEPENDS ${CMAKE_SOURCE_DIR}/docs/api/openapi.yaml ${CMAKE_SOURCE_DIR}/api/embed_openapi.cmake
    VERBATIM)
endif()
