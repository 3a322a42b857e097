# A test: builds a copy of an example with its own Makefile. Needs make, source, copy, adgen, library (the folder of the
# runtime's library), compiler and sanitize (the option that the library was built with, if any).
file(REMOVE_RECURSE ${copy})
file(MAKE_DIRECTORY ${copy})
file(GLOB files ${source}/*.c ${source}/*.h ${source}/Makefile)
file(COPY ${files} DESTINATION ${copy})
execute_process(
    COMMAND ${make} ADGEN=${adgen} "LDFLAGS=-L${library} ${sanitize}" CC=${compiler} "CFLAGS=-O1 ${sanitize}"
    WORKING_DIRECTORY ${copy}
    RESULT_VARIABLE failed)
if(failed)
    message(FATAL_ERROR "make failed in a copy of ${source}")
endif()
