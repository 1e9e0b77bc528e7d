# voice_embed(NAME FOLDER PATTERN OUT): files of FOLDER compiled into the binary. OUT receives the generated source, which
# defines `std::span<const voice::EmbeddedFile> voice::embedded_NAME()`, ordered by file name (base/embedded.h).
function(voice_embed name folder pattern out)
  file(GLOB files CONFIGURE_DEPENDS ${folder}/${pattern})
  set(generated ${CMAKE_CURRENT_BINARY_DIR}/embedded_${name}.cpp)
  string(REPLACE ";" "|" joined "${files}")
  add_custom_command(
    OUTPUT ${generated}
    COMMAND ${CMAKE_COMMAND} -DNAME=${name} "-DFILES=${joined}" -DOUT=${generated}
            -P ${PROJECT_SOURCE_DIR}/cmake/EmbedFiles.cmake
    DEPENDS ${files} ${PROJECT_SOURCE_DIR}/cmake/EmbedFiles.cmake
    VERBATIM)
  set(${out} ${generated} PARENT_SCOPE)
endfunction()
