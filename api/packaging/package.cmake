# What is installed, and the .deb made of it (./dev package).
set(packaging ${CMAKE_SOURCE_DIR}/api/packaging)
install(TARGETS coopledger RUNTIME DESTINATION bin)
install(FILES ${packaging}/coopledger.service DESTINATION lib/systemd/system)
install(FILES ${packaging}/coopledger.toml DESTINATION /etc/coopledger)
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE DESTINATION share/doc/coopledger RENAME copyright)
install(FILES README.md CHANGELOG.md docs/operating/guide.md docs/operating/settings.md docs/api/errors.md
  DESTINATION share/doc/coopledger)

# dpkg wants scripts under these names, executable.
foreach(script postinst prerm postrm)
  configure_file(${packaging}/${script}.sh ${CMAKE_BINARY_DIR}/packaging/${script} COPYONLY
    FILE_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
  list(APPEND control_files ${CMAKE_BINARY_DIR}/packaging/${script})
endforeach()
list(APPEND control_files ${packaging}/conffiles)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME coopledger)
set(CPACK_PACKAGE_CONTACT "CoopLedger maintainers <maintainers@coopledger.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, postgresql, tzdata")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "nginx")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${control_files})
include(CPack)
