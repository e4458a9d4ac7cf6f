# The Debian package: `cpack -G DEB` in the build folder. The program, its rules, manual page and completion are installed where
# they are made (src/CMakeLists.txt, src/cli/CMakeLists.txt); here stand what only a package has, and its description.
# scripts/test_package installs it into a fresh Debian 12 and runs the example job there.
install(FILES ${CMAKE_CURRENT_LIST_DIR}/marrow@.service ${CMAKE_CURRENT_LIST_DIR}/marrow@.timer DESTINATION lib/systemd/system)
install(FILES ${CMAKE_CURRENT_LIST_DIR}/example.toml DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
install(FILES ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME marrow)
set(CPACK_PACKAGE_VENDOR "the authors of marrow")
set(CPACK_PACKAGE_CONTACT "the authors of marrow <marrow@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "gets to the marrow of a web page: body, related links, teasers")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "downloads web pages, politely and again only what changed, and separates the body of\n the article, the links that lead onward and the teasers of other articles.\n For folders of saved pages, archives, and jobs from cron or systemd.")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)  # what it needs is read off the program (dpkg-dev)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS ca-certificates)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
include(CPack)
