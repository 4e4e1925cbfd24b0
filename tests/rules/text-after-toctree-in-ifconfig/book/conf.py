extensions = ["sphinx.ext.ifconfig"]
