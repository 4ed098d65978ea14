/**
 * Lines of simple code, written for this site, their tokens set apart by spaces. The model that says how surprising a line
 * of code is has read these and nothing else.
 */
export const codeLines = `
let total = 0 ;
let count = 0 ;
let index = 1 ;
let name = "anna" ;
let price = 12 ;
let done = false ;
let found = true ;
let list = [ ] ;
let names = [ "anna" , "ben" , "carl" ] ;
let size = list . length ;
let first = list [ 0 ] ;
let last = list [ size - 1 ] ;
let sum = first + last ;
let mean = sum / count ;
const limit = 100 ;
const rate = 3 ;
const words = text . split ( " " ) ;
const longest = words [ 0 ] ;
total = total + price ;
total = total + price * count ;
total = total - 1 ;
count = count + 1 ;
index = index + 1 ;
sum = sum + list [ index ] ;
price = price * rate ;
mean = total / count ;
name = names [ index ] ;
found = name === "ben" ;
done = index === size ;
list . push ( price ) ;
list . push ( total + 1 ) ;
names . push ( name ) ;
print ( total ) ;
print ( name ) ;
print ( mean , count ) ;
print ( "total" , total ) ;
if ( count > 0 ) { mean = total / count ; }
if ( count === 0 ) { return 0 ; }
if ( total > limit ) { total = limit ; }
if ( price < 0 ) { price = 0 ; }
if ( index < size ) { index = index + 1 ; }
if ( done ) { return total ; }
if ( found ) { print ( name ) ; }
if ( name === "carl" ) { found = true ; }
if ( list . length > limit ) { done = true ; }
if ( word . length > longest . length ) { longest = word ; }
for ( const price of list ) { total = total + price ; }
for ( const name of names ) { print ( name ) ; }
for ( const word of words ) { count = count + 1 ; }
for ( const value of list ) { if ( value > limit ) { count = count + 1 ; } }
for ( let i = 0 ; i < size ; i = i + 1 ) { sum = sum + list [ i ] ; }
for ( let i = 1 ; i < count ; i = i + 1 ) { print ( i ) ; }
while ( index < size ) { index = index + 1 ; }
while ( total < limit ) { total = total * 2 ; }
while ( ! done ) { count = count - 1 ; done = count === 0 ; }
return total ;
return sum / count ;
return count > 0 ;
return names [ index ] ;
return first === last ;
return a + b ;
return a > b ;
function add ( a , b ) { return a + b ; }
function larger ( a , b ) { if ( a > b ) { return a ; } return b ; }
function half ( value ) { return value / 2 ; }
function mean ( list ) { return sum ( list ) / list . length ; }
function isLong ( word ) { return word . length > 8 ; }
function greet ( name ) { print ( "hello" , name ) ; }
const area = width * height ;
const edge = 2 * ( width + height ) ;
const double = ( value ) => value * 2 ;
const even = list . filter ( ( value ) => value % 2 === 0 ) ;
const prices = list . map ( ( value ) => value * rate ) ;
const large = list . filter ( ( value ) => value > limit ) ;
let width = 4 ;
let height = width + 3 ;
height = height * 2 ;
width = width - 1 ;
let left = 0 ;
let right = size - 1 ;
let middle = ( left + right ) / 2 ;
if ( list [ middle ] < value ) { left = middle + 1 ; }
if ( list [ middle ] > value ) { right = middle - 1 ; }
while ( left < right ) { left = left + 1 ; right = right - 1 ; }
`;
