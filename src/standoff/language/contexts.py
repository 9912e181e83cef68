def contexts(t, e, m):
    return ()
