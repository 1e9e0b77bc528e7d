# What every room shares: the language, the warnings, the sanitizers, and the one way to declare a room or a test.
option(VOICE_TESTS "Build the tests" ON)
option(VOICE_BENCH "Build the benchmarks" OFF)
option(VOICE_FUZZ "Build the libFuzzer targets (clang only)" OFF)
set(VOICE_SANITIZE "" CACHE STRING "Value for -fsanitize=, empty for none")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

add_library(voice_options INTERFACE)
target_include_directories(voice_options INTERFACE ${PROJECT_SOURCE_DIR})
# GCC 12 takes std::optional for uninitialised at -O2 and under sanitizers (its bug 80635); clang's own check stays on.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-Wno-maybe-uninitialized)
endif()
target_compile_options(voice_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wno-missing-field-initializers
                                               -Wnon-virtual-dtor -Woverloaded-virtual -Werror)
target_compile_definitions(voice_options INTERFACE VOICE_VERSION="${PROJECT_VERSION}")
if(VOICE_SANITIZE)
  add_compile_options(-fsanitize=${VOICE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  add_link_options(-fsanitize=${VOICE_SANITIZE})
endif()

if(VOICE_FUZZ)
  # Without it in the rooms themselves libFuzzer sees only its own target's branches and searches blindly.
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)

# voice_room(NAME USES room... LINKS library...): the sources of this folder as the static library voice_NAME.
# Third-party headers are SYSTEM, and PRIVATE to the room that wraps them.
function(voice_room name)
  cmake_parse_arguments(ROOM "" "" "USES;LINKS;SOURCES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  if(NOT sources)
    add_library(voice_${name} INTERFACE)
    target_link_libraries(voice_${name} INTERFACE voice_options)
    foreach(room ${ROOM_USES})
      target_link_libraries(voice_${name} INTERFACE voice_${room})
    endforeach()
    return()
  endif()
  add_library(voice_${name} STATIC ${sources} ${ROOM_SOURCES})
  target_link_libraries(voice_${name} PUBLIC voice_options)
  foreach(room ${ROOM_USES})
    target_link_libraries(voice_${name} PUBLIC voice_${room})
  endforeach()
  target_link_libraries(voice_${name} PRIVATE ${ROOM_LINKS})
endfunction()

# voice_test(ROOM): tests/ROOM/*.cpp as one doctest program that links that room and those it uses.
function(voice_test room)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/${room}/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(test_${room} ${PROJECT_SOURCE_DIR}/tests/main.cpp ${sources})
  target_link_libraries(test_${room} PRIVATE voice_${room})
  target_compile_definitions(test_${room} PRIVATE TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data"
                                                  PROJECT_ROOT="${PROJECT_SOURCE_DIR}"
                                                  VOICE_BINARY="${PROJECT_BINARY_DIR}/voice")
  add_test(NAME ${room} COMMAND test_${room})
endfunction()

# voice_fuzz_replay(ROOM TARGETS...): the fuzz targets of a room join its tests, which feed them their corpora
# (tests/ROOM/fuzz_replay_test.cpp).
function(voice_fuzz_replay room)
  if(NOT TARGET test_${room})
    return()
  endif()
  foreach(target ${ARGN})
    target_sources(test_${room} PRIVATE ${PROJECT_SOURCE_DIR}/tests/fuzz/${target}_fuzz.cpp)
  endforeach()
endfunction()
