# Installs the build in ${entente} into ${scratch}/prefix, builds this folder's project against it, and runs that.
function(run)
    execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

set(ENV{CMAKE_CXX_COMPILER_LAUNCHER} "${launcher}")  # a list
file(REMOVE_RECURSE ${scratch})
run(${CMAKE_COMMAND} --install ${entente} --prefix ${scratch}/prefix)
run(${CMAKE_COMMAND} -G Ninja -S ${CMAKE_CURRENT_LIST_DIR} -B ${scratch}/build -D CMAKE_PREFIX_PATH=${scratch}/prefix
    -D CMAKE_CXX_COMPILER=${compiler} -D CMAKE_CXX_FLAGS=${flags})
run(${CMAKE_COMMAND} --build ${scratch}/build)
run(${scratch}/build/consumer)
