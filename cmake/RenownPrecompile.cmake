# Headers of others, parsed once for a whole build: a quarter of what compiling a file costs (docs/decisions/0040).
#
# Nothing of Renown itself is in them, so a change of ours never makes them again. They can hide a missing include, so
# only presets that nobody ships precompile; `release`, `bench` and `clang` compile each file from its own includes.
option(RENOWN_PRECOMPILE "Parse the headers of the standard library, {fmt} and GoogleTest once" OFF)

# renown_precompiled(<target>... [TESTS]): the sources of these start from the precompiled headers; TESTS: with GoogleTest.
function(renown_precompiled)
  cmake_parse_arguments(arg "TESTS" "" "" ${ARGN})
  if(NOT RENOWN_PRECOMPILE)
    return()
  endif()
  foreach(target ${arg_UNPARSED_ARGUMENTS})
    if(arg_TESTS)
      target_precompile_headers(${target} REUSE_FROM renown_test_headers)
    else()
      target_precompile_headers(${target} REUSE_FROM renown_headers)
    endif()
  endforeach()
endfunction()

# What at least twenty files include.
set(renown_common_headers <algorithm> <array> <atomic> <chrono> <cmath> <expected> <filesystem> <fstream> <functional> <map>
  <memory> <mutex> <optional> <set> <span> <string> <string_view> <thread> <unordered_map> <utility> <vector> <fmt/format.h>)

# renown_precompiled_alone(<target>): the same headers once more, for a target of many files with flags of its own.
function(renown_precompiled_alone target)
  if(RENOWN_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE ${renown_common_headers})
  endif()
endfunction()

if(NOT RENOWN_PRECOMPILE)
  return()
endif()

# One file serves libraries and programs only where both are compiled alike.
set(CMAKE_CXX_COMPILE_OPTIONS_PIE ${CMAKE_CXX_COMPILE_OPTIONS_PIC})
# Some libraries ask for -pthread, which defines a macro: then every file has it. -fpch-preprocess is for ccache: what it
# hashes still says which file was included.
# The warnings are those that libstdc++ turns off in its headers by pragmas, which g++ forgets in a precompiled one.
add_compile_options(-pthread
  "$<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fpch-preprocess;-Wno-array-bounds;-Wno-stringop-overflow;-Wno-stringop-overread;-Wno-restrict>")

file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/generated/precompile.cc CONTENT "")
add_library(renown_headers OBJECT ${PROJECT_BINARY_DIR}/generated/precompile.cc)
target_link_libraries(renown_headers PRIVATE renown_flags fmt::fmt)
target_precompile_headers(renown_headers PRIVATE ${renown_common_headers})
if(RENOWN_BUILD_TESTS)
  add_library(renown_test_headers OBJECT ${PROJECT_BINARY_DIR}/generated/precompile.cc)
  target_link_libraries(renown_test_headers PRIVATE renown_flags fmt::fmt GTest::gtest)
  target_precompile_headers(renown_test_headers PRIVATE ${renown_common_headers} <fmt/ranges.h> <gtest/gtest.h>)
endif()
