//! Every route of a plan by its address.
//!
//! A preview looks up addresses and needs no order, so the sorted list is made when it is first asked for.

use std::{collections::hash_map::Entry, ops::Index, sync::OnceLock};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::route::Route;
use crate::model::Address;

/// Routes by address.
#[derive(Clone, Debug, Default)]
pub struct Routes {
    by_address: FxHashMap<Address, Route>,
    sorted: OnceLock<Vec<Address>>,
}

impl Routes {
    /// No routes, with room for some.
    pub fn with_capacity(routes: usize) -> Routes {
        Routes { by_address: FxHashMap::with_capacity_and_hasher(routes, Default::default()), sorted: OnceLock::new() }
    }

    /// Adds a route, unless its address is taken. Then gives the address, the route that keeps it, and this one.
    pub fn add(&mut self, address: Address, route: Route) -> Option<(Address, &Route, Route)> {
        self.sorted.take();
        match self.by_address.entry(address) {
            Entry::Vacant(free) => {
                free.insert(route);
                None
            }
            Entry::Occupied(taken) => Some((taken.key().clone(), taken.into_mut(), route)),
        }
    }

    /// The route at an address.
    pub fn get(&self, address: &Address) -> Option<&Route> {
        self.by_address.get(address)
    }

    /// The route at an address, with the address as it was planned.
    pub fn get_key_value(&self, address: &Address) -> Option<(&Address, &Route)> {
        self.by_address.get_key_value(address)
    }

    /// Is there a route at this address?
    pub fn contains_key(&self, address: &Address) -> bool {
        self.by_address.contains_key(address)
    }

    /// The number of routes.
    pub fn len(&self) -> usize {
        self.by_address.len()
    }

    /// Are there no routes?
    pub fn is_empty(&self) -> bool {
        self.by_address.is_empty()
    }

    /// The addresses, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &Address> {
        self.sorted().iter()
    }

    /// The routes, sorted by address.
    pub fn iter(&self) -> impl Iterator<Item = (&Address, &Route)> {
        self.sorted().iter().map(|address| (address, &self.by_address[address]))
    }

    fn sorted(&self) -> &[Address] {
        self.sorted.get_or_init(|| {
            let mut sorted: Vec<Address> = self.by_address.keys().cloned().collect();
            sorted.par_sort_unstable();
            sorted
        })
    }
}

impl Index<&Address> for Routes {
    type Output = Route;

    fn index(&self, address: &Address) -> &Route {
        &self.by_address[address]
    }
}
