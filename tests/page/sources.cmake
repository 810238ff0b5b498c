# Checks the sources of the page in a folder of the build, where the packages are: `check` is types, lint or units.
file(REMOVE_RECURSE ${scratch})
file(MAKE_DIRECTORY ${scratch})
file(COPY ${source}/src ${source}/test ${source}/package.json ${source}/tsconfig.json ${source}/eslint.config.js ${source}/build.mjs ${source}/test.mjs
    DESTINATION ${scratch})
file(CREATE_LINK ${modules} ${scratch}/node_modules SYMBOLIC)
set(types ${node} node_modules/typescript/bin/tsc --noEmit)
set(lint ${node} node_modules/eslint/bin/eslint.js .)
set(units ${node} test.mjs)
execute_process(COMMAND ${${check}} WORKING_DIRECTORY ${scratch} RESULT_VARIABLE failed)
if(failed)
    message(FATAL_ERROR "${check}: ${failed}")
endif()
