# Turns migrations/*.sql into one generated C++ file: a table of {name, text} in the order of the names.
file(GLOB COOP_MIGRATIONS CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/migrations/*.sql)
list(SORT COOP_MIGRATIONS)
set(COOP_EMBEDDED_MIGRATIONS ${CMAKE_BINARY_DIR}/generated/embedded_migrations.cpp)
add_custom_command(
  OUTPUT ${COOP_EMBEDDED_MIGRATIONS}
  COMMAND ${CMAKE_COMMAND} "-DOUT=${COOP_EMBEDDED_MIGRATIONS}" "-DFILES=${COOP_MIGRATIONS}"
          -P ${CMAKE_SOURCE_DIR}/migrations/embed_script.cmake
  DEPENDS ${COOP_MIGRATIONS} ${CMAKE_SOURCE_DIR}/migrations/embed_script.cmake
  VERBATIM)
