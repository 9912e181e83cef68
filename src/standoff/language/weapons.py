def modes(w): return ()
