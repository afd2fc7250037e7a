# Unity builds: a few files of a folder compiled as one, which instantiates templates and generates inline functions once
# for all of them (docs/decisions/0040). Of our own instead of CMake's UNITY_BUILD, whose files hold absolute paths, so
# that no clone could use what another has compiled.
option(RENOWN_UNITY "Compile the files of a folder a few at a time" OFF)
set(RENOWN_UNITY_FILES 6)   # more is faster from nothing, and slower after a change of one file

# renown_unity(<list> <path> <alone>): replaces the sources in <list>, all of src/<path>, by files that include them, but
# for those named in <alone>.
function(renown_unity list path alone)
  if(NOT RENOWN_UNITY)
    return()
  endif()
  set(together ${${list}})
  set(result "")
  foreach(name ${alone})
    set(source ${PROJECT_SOURCE_DIR}/src/${path}/${name})
    if(source IN_LIST together)
      list(REMOVE_ITEM together ${source})
      list(APPEND result ${source})
    endif()
  endforeach()

  list(TRANSFORM together REPLACE "^${PROJECT_SOURCE_DIR}/src/(.*)$" "#include \"\\1\"")
  list(LENGTH together count)
  if(count GREATER 0)
    math(EXPR batches "(${count} + ${RENOWN_UNITY_FILES} - 1) / ${RENOWN_UNITY_FILES}")
    math(EXPR size "(${count} + ${batches} - 1) / ${batches}")   # all of about the same size
    math(EXPR last "${count} - 1")
    foreach(begin RANGE 0 ${last} ${size})
      list(SUBLIST together ${begin} ${size} batch)
      list(JOIN batch "\n" text)
      set(file ${PROJECT_BINARY_DIR}/generated/unity/${path}/${list}_${begin}.cc)
      file(CONFIGURE OUTPUT ${file} CONTENT "${text}\n" @ONLY)
      list(APPEND result ${file})
    endforeach()
  endif()
  set(${list} ${result} PARENT_SCOPE)
endfunction()
