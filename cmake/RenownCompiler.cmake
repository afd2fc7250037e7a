# Language level, warnings and the arithmetic contract (docs/scoring/arithmetic.md).
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

# Every clone on a machine shares what another has compiled: paths are kept from the project's root, and the folder of
# the build is no part of what an object is. Headers are looked at, but not preprocessed first, to know whether an object is
# there. Precompiled headers need the sloppiness.
find_program(RENOWN_CCACHE ccache)
if(RENOWN_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 CCACHE_DEPEND=1
    CCACHE_SLOPPINESS=pch_defines,time_macros ${RENOWN_CCACHE})
endif()

add_library(renown_flags INTERFACE)
target_compile_options(renown_flags INTERFACE
  -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Wold-style-cast
  # One score, the same bytes on every x86-64 machine: no fused multiply-add, no reordering (docs/scoring/arithmetic.md).
  -ffp-contract=off -fno-fast-math
  # g++ 12 at -O2 takes functions that call each other for the same one where they differ by a key alone
  # (src/base/radix_sort.h): then rows were sorted by the wrong key.
  $<$<CXX_COMPILER_ID:GNU>:$<$<CONFIG:Release>:-fno-ipa-icf>>)

# Three hundred programs: the preset of tests takes the linker that needs a third of the time.
set(RENOWN_LINKER "" CACHE STRING "Linker by the name that -fuse-ld takes; empty for the compiler's own")
if(RENOWN_LINKER)
  add_link_options(-fuse-ld=${RENOWN_LINKER})
endif()

if(RENOWN_SANITIZE)
  add_compile_options(-fsanitize=${RENOWN_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${RENOWN_SANITIZE})
endif()
