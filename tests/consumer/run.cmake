# Installs the build in ${entente} into ${scratch}/prefix, builds this folder's project against it, and runs that, alone and as two ranks.
function(run)
    execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

function(expect text)
    execute_process(COMMAND ${ARGN} OUTPUT_VARIABLE said COMMAND_ERROR_IS_FATAL ANY)
    if(NOT said MATCHES "${text}")
        message(FATAL_ERROR "not '${text}', but '${said}'")
    endif()
endfunction()

set(ENV{CMAKE_CXX_COMPILER_LAUNCHER} "${launcher}")  # a list
file(REMOVE_RECURSE ${scratch})
run(${CMAKE_COMMAND} --install ${entente} --prefix ${scratch}/prefix)
run(${CMAKE_COMMAND} -G Ninja -S ${CMAKE_CURRENT_LIST_DIR} -B ${scratch}/build -D CMAKE_PREFIX_PATH=${scratch}/prefix
    -D CMAKE_CXX_COMPILER=${compiler} -D CMAKE_CXX_FLAGS=${flags})
run(${CMAKE_COMMAND} --build ${scratch}/build)
# The example gives what the installed command gives.
set(walk ${CMAKE_CURRENT_LIST_DIR}/../tools/walk.yaml)
execute_process(COMMAND ${scratch}/prefix/bin/entente run ${walk} --set drift=2 --runs 1000 --out ${scratch}/results --json --no-report
    OUTPUT_VARIABLE summary COMMAND_ERROR_IS_FATAL ANY)
string(JSON digest GET "${summary}" digest)
expect("1000 runs, digest ${digest}\n" ${scratch}/build/consumer ${walk} drift=2)
expect("north +[-0-9.]+ ± .*ahead +in [0-9.]+ % of runs" ${scratch}/build/consumer ${walk})
execute_process(COMMAND ${scratch}/build/consumer ${walk} drfit=2 RESULT_VARIABLE code ERROR_VARIABLE said)
if(NOT code EQUAL 2 OR NOT said MATCHES "no parameter is called 'drfit'\ndid you mean 'drift'")
    message(FATAL_ERROR "exit code ${code}, '${said}'")
endif()
expect("Entente [0-9.]+, ranks: 1\n" ${scratch}/build/ranks)
if(mpi)
    set(ENV{OMPI_ALLOW_RUN_AS_ROOT} 1)
    set(ENV{OMPI_ALLOW_RUN_AS_ROOT_CONFIRM} 1)
    set(ENV{OMPI_MCA_rmaps_base_oversubscribe} 1)
    set(ENV{ASAN_OPTIONS} detect_leaks=0)  # MPI leaks what it pleases
    if(flags MATCHES "-fsanitize")  # which opens libraries itself, and so forgets the program's run path
        set(ENV{LD_LIBRARY_PATH} ${scratch}/prefix/lib/entente)
    endif()
    expect("Entente [0-9.]+, ranks: 2\n" ${mpi} -n 2 ${scratch}/build/ranks)
    run(${mpi} -n 2 ${scratch}/prefix/bin/entente sweep ${CMAKE_CURRENT_LIST_DIR}/../tools/walk.yaml --vary drift --replicates 2 --out ${scratch}/swept --quiet)
    file(READ ${scratch}/swept/manifest.json manifest)
    string(JSON ranks GET "${manifest}" cost ranks)
    if(NOT ranks EQUAL 2)
        message(FATAL_ERROR "the installed command found ${ranks} ranks of 2")
    endif()
endif()
