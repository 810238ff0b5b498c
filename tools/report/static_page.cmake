# base64_of_hex(<hexadecimal digits of a SHA-256> <variable>): 64 digits, padded to 66, are 22 threes; each is two letters of base64.
function(base64_of_hex hex variable)
    set(letters "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    set(text "")
    string(APPEND hex "00")
    foreach(at RANGE 0 63 3)
        string(SUBSTRING "${hex}" ${at} 3 digits)
        math(EXPR high "0x${digits} >> 6")
        math(EXPR low "0x${digits} & 63")
        string(SUBSTRING "${letters}" ${high} 1 first)
        string(SUBSTRING "${letters}" ${low} 1 second)
        string(APPEND text ${first}${second})
    endforeach()
    string(SUBSTRING "${text}" 0 43 text)
    set(${variable} "${text}=" PARENT_SCOPE)
endfunction()

# write_static_page(<file>): the page without script, its style allowed by hash.
function(write_static_page file)
    set(style "")
    foreach(sheet theme static)
        file(READ ${CMAKE_CURRENT_SOURCE_DIR}/src/${sheet}.css text)
        string(APPEND style "${text}")
    endforeach()
    string(SHA256 hash "${style}")
    base64_of_hex(${hash} hash)
    set(page "<!DOCTYPE html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<meta name=\"generator\" content=\"Entente\">
<title><!--entente:title--></title>
<style>${style}</style>
</head>
<body>
<main id=\"report\">
<!--entente:static-->
</main>
<script type=\"application/octet-stream\" id=\"entente-data\"><!--entente:data--></script>
</body>
</html>
")
    file(WRITE ${file}.new "${page}")
    file(COPY_FILE ${file}.new ${file} ONLY_IF_DIFFERENT)
endfunction()
