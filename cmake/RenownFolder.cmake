# renown_folder(<path> LINK <public libraries>... [PRIVATE_LINK <libraries>...])
#
# One static library for src/<path>, named renown_<path with underscores>, from every *.cc in it (not below it),
# and one test program from every *_test.cc beside the sources. A folder without sources is skipped.
function(renown_folder path)
  cmake_parse_arguments(arg "" "" "LINK;PRIVATE_LINK" ${ARGN})
  string(REPLACE "/" "_" name ${path})
  set(folder ${PROJECT_SOURCE_DIR}/src/${path})
  file(GLOB sources CONFIGURE_DEPENDS ${folder}/*.cc)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "(_test|/main)\\.cc$")
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")

  if(sources)
    add_library(renown_${name} STATIC ${sources})
    set(access PUBLIC)
    target_link_libraries(renown_${name} PRIVATE ${arg_PRIVATE_LINK})
  else()
    add_library(renown_${name} INTERFACE)
    set(access INTERFACE)
  endif()
  target_include_directories(renown_${name} ${access} ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/include)
  target_link_libraries(renown_${name} ${access} renown_flags ${arg_LINK} Threads::Threads)

  if(tests AND RENOWN_BUILD_TESTS)
    add_executable(${name}_tests ${tests})
    target_link_libraries(${name}_tests PRIVATE renown_${name} ${arg_PRIVATE_LINK} rapidcheck GTest::gtest_main)
    set_target_properties(${name}_tests PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
    include(GoogleTest)
    gtest_discover_tests(${name}_tests TEST_PREFIX "${path}: " NO_PRETTY_VALUES DISCOVERY_TIMEOUT 60
      PROPERTIES TIMEOUT 300 ENVIRONMENT "RENOWN_SOURCE=${PROJECT_SOURCE_DIR}")
  endif()
endfunction()
