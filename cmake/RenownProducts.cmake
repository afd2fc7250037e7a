# What is built for others: the command `renown`, and the library renown::renown with its headers and package files.
include(GNUInstallDirs)

add_executable(renown_command src/cli/main.cc)
set_target_properties(renown_command PROPERTIES OUTPUT_NAME renown)
target_link_libraries(renown_command PRIVATE renown_cli)

# One shared library from the folder libraries, so that who links it needs none of what we link.
add_library(renown_library SHARED $<TARGET_OBJECTS:renown_pipeline>)
set_target_properties(renown_library PROPERTIES OUTPUT_NAME renown EXPORT_NAME renown
  VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
get_target_property(pipeline_links renown_pipeline LINK_LIBRARIES)
target_link_libraries(renown_library PRIVATE ${pipeline_links})
target_include_directories(renown_library PUBLIC
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_include_directories(renown_library PRIVATE ${PROJECT_SOURCE_DIR}/src)
target_compile_features(renown_library PUBLIC cxx_std_23)
add_library(renown::renown ALIAS renown_library)

# The installed programs find libduckdb.so beside librenown.so.
set_target_properties(renown_library PROPERTIES INSTALL_RPATH "$ORIGIN")
set_target_properties(renown_command PROPERTIES INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}")
install(TARGETS renown_library EXPORT renown_targets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS renown_command RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${DUCKDB_LIBRARY} DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/renown DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES LICENSE NOTICE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY models DESTINATION ${CMAKE_INSTALL_DATADIR}/renown FILES_MATCHING PATTERN "*.toml")
# The page, where it was built (./dev page): `renown serve` finds it from its own folder.
install(DIRECTORY web/dist/ DESTINATION ${CMAKE_INSTALL_DATADIR}/renown/page OPTIONAL PATTERN ".vite" EXCLUDE)
install(EXPORT renown_targets NAMESPACE renown:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/renown FILE renown-targets.cmake)

include(CMakePackageConfigHelpers)
file(WRITE ${PROJECT_BINARY_DIR}/generated/renown-config.cmake
  "include(\"\${CMAKE_CURRENT_LIST_DIR}/renown-targets.cmake\")\n")
write_basic_package_version_file(${PROJECT_BINARY_DIR}/generated/renown-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/generated/renown-config.cmake ${PROJECT_BINARY_DIR}/generated/renown-config-version.cmake
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/renown)
