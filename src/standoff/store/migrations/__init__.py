"""The history of the store's tables, one step a module, run when a store is opened."""
